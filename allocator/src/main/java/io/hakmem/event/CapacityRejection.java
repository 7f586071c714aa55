package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

/** A free that was rejected because the thread's list of the class was full. */
@Name("io.hakmem.CapacityRejection")
@Label("Capacity Rejection")
@Description("A push rejected because the thread's list was full; part of the list was spilled")
@Category({"Hakmem", "Slow Path"})
@Enabled(false)
@StackTrace(true)
@Throttle("off")
public final class CapacityRejection extends Event {

  @Label("Size Class")
  @Description("Index of the size class, 0 to 31")
  public int sizeClass;

  @Label("Cached Blocks")
  @Description("Blocks on the list when it rejected")
  public long cachedBlocks;

  @Label("Capacity")
  @Description("Blocks that the list might hold when it rejected")
  public long capacity;

  @Label("Blocks Spilled")
  @Description("Blocks moved to the central list to make room")
  public long blocksSpilled;
}
