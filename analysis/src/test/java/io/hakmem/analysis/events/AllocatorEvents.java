package io.hakmem.analysis.events;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Events as the allocator writes them, by name; a contract test compares their fields. */
public final class AllocatorEvents {

  private AllocatorEvents() {}

  /** See the allocator's class of that name. */
  @Name("io.hakmem.FastPathHit")
  public static final class FastPathHit extends Event {
    public String operation = "";
    public int sizeClass;
    public long blockSize;
    public long requestedSize;
    public String freePath = "";
    public long weight;
  }

  /** See the allocator's class of that name. */
  @Name("io.hakmem.FastPathStatistics")
  @StackTrace(false)
  public static final class FastPathStatistics extends Event {
    public int sizeClass;
    public long blockSize;
    public long allocateHits;
    public long freeHits;
    public long refills;
    public long rejections;
    public long cachedBlocks;
    public long capacity;
  }

  /** See the allocator's class of that name. */
  @Name("io.hakmem.SlowPathFallback")
  public static final class SlowPathFallback extends Event {
    public String operation = "";
    public String reason = "";
    public String source = "";
    public int sizeClass;
    public long requestedSize;
    public long blocksMoved;
  }

  /** See the allocator's class of that name. */
  @Name("io.hakmem.CapacityRejection")
  public static final class CapacityRejection extends Event {
    public int sizeClass;
    public long cachedBlocks;
    public long capacity;
    public long blocksSpilled;
  }

  /** See the allocator's class of that name. */
  @Name("io.hakmem.FreePathInstalled")
  @StackTrace(false)
  public static final class FreePathInstalled extends Event {
    public String freePath = "";
    public String previous = "";
    public String by = "";
    public boolean proven;
  }
}
