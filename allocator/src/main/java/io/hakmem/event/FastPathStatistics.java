package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** The exact counters of one size class over all threads since the start, living and dead. */
@Name("io.hakmem.FastPathStatistics")
@Label("Fast Path Statistics")
@Description("Exact counters of one size class, summed over all thread caches since the start")
@Category({"Hakmem", "Fast Path"})
@Enabled(false)
@Period("1 s")
@StackTrace(false)
public final class FastPathStatistics extends Event {

  @Label("Size Class")
  @Description("Index of the size class, 0 to 31")
  public int sizeClass;

  @Label("Block Size")
  @Description("Distance of two blocks of the class, header included")
  @DataAmount
  public long blockSize;

  @Label("Allocate Hits")
  @Description("Allocations that the thread cache served at once")
  public long allocateHits;

  @Label("Free Hits")
  @Description("Frees that the thread cache took at once")
  public long freeHits;

  @Label("Refills")
  @Description("Allocations that found the list empty or short and fetched a batch")
  public long refills;

  @Label("Rejections")
  @Description("Frees that found the list full and spilled a batch")
  public long rejections;

  @Label("Cached Blocks")
  @Description("Free blocks on the lists of all threads now")
  public long cachedBlocks;

  @Label("Capacity")
  @Description("Blocks that the lists of all threads may hold now")
  public long capacity;
}
