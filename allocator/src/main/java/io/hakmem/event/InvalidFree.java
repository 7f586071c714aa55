package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.MemoryAddress;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Misuse that the free path has found. */
@Name("io.hakmem.InvalidFree")
@Label("Invalid Free")
@Description("Misuse of a block that the free path has found")
@Category({"Hakmem", "Misuse"})
@Enabled(true)
@StackTrace(true)
public final class InvalidFree extends Event {

  @Label("Kind")
  @Description("What is wrong, such as doubleFree, foreign, interior, overrun or writeAfterFree")
  public String kind = "";

  @Label("Address")
  @Description("The address that was given to free, or the block's")
  @MemoryAddress
  public long address;

  @Label("Header")
  @Description("The byte in front of the address, 0 where it can't be read")
  public int header;

  @Label("Size Class")
  @Description("Index of the size class of the block or of the nearest one, -1 for none")
  public int sizeClass;

  @Label("Requested Size")
  @Description("Bytes that were asked for, -1 if unknown")
  @DataAmount
  public long requestedSize;

  @Label("Free Path")
  @Description("The path that has found it")
  public String freePath = "";

  @Label("Allocated At")
  @Description("Thread and stack of the allocation, as far as they were kept")
  public String allocatedAt = "";

  @Label("Freed At")
  @Description("Thread and stack of the first free, as far as they were kept")
  public String freedAt = "";
}
