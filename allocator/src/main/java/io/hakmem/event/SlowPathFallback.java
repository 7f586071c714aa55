package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

/** An allocate or free that the thread cache could not serve, from the miss to the repair. */
@Name("io.hakmem.SlowPathFallback")
@Label("Slow Path Fallback")
@Description("An allocate or free that the thread cache could not serve by itself")
@Category({"Hakmem", "Slow Path"})
@Enabled(false)
@StackTrace(true)
@Throttle("off")
public final class SlowPathFallback extends Event {

  @Label("Operation")
  @Description("allocate or free")
  public String operation = "";

  @Label("Reason")
  @Description(
      "Why the fast path could not serve: cacheEmpty, cacheLow, cacheFull, notTiny, aligned (freed"
          + " by an address inside of its block; one of so many, see alignedInterval) or stripeBusy"
          + " (all shared caches were in use). After the last two the operation goes on, and counts"
          + " as a hit or another fallback")
  public String reason = "";

  @Label("Source")
  @Description(
      "The deepest store that had to help: central, slab, segment or os; shared where a thread"
          + " waited for a shared cache, header where the block's header was enough")
  public String source = "";

  @Label("Size Class")
  @Description("Index of the size class, 0 to 31; -1 where the block is of none")
  public int sizeClass;

  @Label("Requested Size")
  @Description(
      "What the caller asked for, with what an alignment or an arena adds; -1 for a free, which is"
          + " not told")
  @DataAmount
  public long requestedSize;

  @Label("Blocks Moved")
  @Description("Blocks fetched into or spilled out of the thread cache")
  public long blocksMoved;

  @SettingDefinition
  @Name("alignedInterval")
  @Label("Aligned Interval")
  @Description("Mean number of frees of aligned blocks between two events; 1 = all")
  boolean alignedInterval(AlignedInterval interval) {
    return interval.accepts();
  }
}
