package io.hakmem.misuse;

import io.hakmem.Allocator;
import io.hakmem.Hakmem;
import io.hakmem.LeakReport;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.thread.FreePaths;

/** Leaks blocks of every sort at places with names, and lists them on demand, at close and exit. */
public final class LeakyProgram {

  private LeakyProgram() {}

  private static void leakTiny(Allocator from) {
    for (int i = 0; i < 3; i++) {
      from.allocate(101);
    }
  }

  private static void leakMedium(Allocator from) {
    from.allocate(5_003);
  }

  private static void leakSpans(Allocator from) {
    for (int i = 0; i < 2; i++) {
      from.allocate(500_009);
    }
  }

  private static void leakMapped(Allocator from) {
    from.allocate(3_000_017);
  }

  private static void leakAligned(Allocator from) {
    from.allocateAligned(211, 1024);
  }

  private static void leakAlignedSpan(Allocator from) {
    from.allocateAligned(400_009, 65_536);
  }

  private static void exempted(Allocator from) {
    from.exemptFromLeaks(from.allocate(103));
    from.exemptFromLeaks(from.allocateAligned(107, 512));
    from.exemptFromLeaks(from.allocate(600_011));
    from.exemptFromLeaks(from.allocate(4_000_037));
  }

  private static void freed(Allocator from) {
    for (long size : new long[] {109, 5_009, 500_029, 3_000_029}) {
      from.free(from.allocate(size));
      from.free(from.allocateAligned(size, 256));
    }
  }

  private static void leakYoungest(Allocator from) {
    from.allocate(13);
  }

  private static void leakAll(Allocator from) {
    leakTiny(from);
    leakMedium(from);
    leakSpans(from);
    leakMapped(from);
    leakAligned(from);
    leakAlignedSpan(from);
    exempted(from);
    freed(from);
    leakYoungest(from);
  }

  /** Prints what is live on demand; close and exit print by themselves. */
  public static void main(String[] arguments) {
    try (Allocator own = new Allocator(AllocatorOptions.defaults())) {
      leakAll(own);
      for (LeakReport.Group group : own.liveBlocks().groups()) {
        System.out.printf(
            "group %d %d %s %s%n",
            group.bytes(),
            group.blocks(),
            group.stack().getFirst().getMethodName(),
            group.youngest());
      }
      System.out.println(own.liveBlocks());
    }
    try (Allocator nothing = new Allocator(AllocatorOptions.defaults())) {
      freed(nothing);
    }
    System.setProperty("hakmem.checked.stacks", "0");
    FreePaths.install(FreePaths.CHECKED, "test");
    leakAll(Hakmem.defaultAllocator());
  }
}
