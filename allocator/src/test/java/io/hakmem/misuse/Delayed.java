package io.hakmem.misuse;

import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import io.hakmem.thread.FreePaths;

/** Counts how many frees of a class pass until a freed block is used again. */
public final class Delayed {

  private static final int SIZE = 1_000;

  private Delayed() {}

  private static int freesUntilReuse(String quarantine) {
    System.setProperty("hakmem.checked.quarantine", quarantine);
    FreePaths.install(FreePaths.CHECKED, "test");
    // A list may only hold back a part of what it can take.
    long[] blocks = new long[2_000];
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocate(SIZE);
      }
      for (long block : blocks) {
        Hakmem.free(block);
      }
    }
    long first = Hakmem.allocate(SIZE);
    Hakmem.free(first);
    for (int frees = 0; frees < 10_000; frees++) {
      long block = Hakmem.allocate(SIZE);
      if (block == first) {
        return frees;
      }
      Hakmem.free(block);
    }
    return Integer.MAX_VALUE;
  }

  /** A write after free meets memory that is still nobody's. */
  private static void writeLate() {
    long block = Hakmem.allocate(SIZE);
    Hakmem.free(block);
    for (int i = 0; i < 5; i++) {
      Hakmem.free(Hakmem.allocate(SIZE));
    }
    RawMemory.putByte(block + 500, (byte) 1);
    for (int i = 0; i < 5_000; i++) {
      Hakmem.allocate(SIZE);
    }
  }

  /** Prints the counts, and ends with the exception that the late write deserves. */
  public static void main(String[] arguments) {
    for (String quarantine : new String[] {"0", "8k", "32k"}) {
      System.out.println(quarantine + ": " + freesUntilReuse(quarantine));
    }
    writeLate();
  }
}
