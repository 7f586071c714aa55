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

/** Memory given back to the operating system. */
@Name("io.hakmem.SegmentRelease")
@Label("Segment Release")
@Description("Memory given back to the operating system")
@Category({"Hakmem", "Memory"})
@Enabled(false)
@StackTrace(true)
public final class SegmentRelease extends Event {

  @Label("Bytes")
  @Description("Bytes given back, whole pages")
  @DataAmount
  public long bytes;

  @Label("Address")
  @Description("Where the memory starts")
  @MemoryAddress
  public long address;

  @Label("Purpose")
  @Description("caches, segment, large or trace")
  public String purpose = "";
}
