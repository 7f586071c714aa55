package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Blocks of one allocation stack that are still live at close, at exit or on demand. */
@Name("io.hakmem.LeakSuspect")
@Label("Leak Suspect")
@Description("Blocks of one allocation stack that were not freed")
@Category({"Hakmem", "Misuse"})
@Enabled(true)
@StackTrace(false)
public final class LeakSuspect extends Event {

  @Label("Bytes")
  @Description("Bytes that were asked for, all blocks together")
  @DataAmount
  public long bytes;

  @Label("Blocks")
  @Description("Blocks that are live")
  public long blocks;

  @Label("Allocated At")
  @Description("Stack of the allocations, empty where none was kept")
  public String allocatedAt = "";

  @Label("Youngest")
  @Description("Whether the block that was allocated last is among them")
  public boolean youngest;
}
