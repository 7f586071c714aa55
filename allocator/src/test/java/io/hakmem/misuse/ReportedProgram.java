package io.hakmem.misuse;

import static io.hakmem.misuse.Misuses.MAPPED;
import static io.hakmem.misuse.Misuses.MEDIUM;
import static io.hakmem.misuse.Misuses.SPAN;
import static io.hakmem.misuse.Misuses.TINY;

import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import java.util.ArrayList;
import java.util.List;

/** Misuses blocks of every sort under the policy report, and then looks for them in new ones. */
public final class ReportedProgram {

  /** Frees that are refused, far more than lines are written. */
  static final int MANY = 1_000;

  private record Reported(String misuse, long address, long size) {}

  private ReportedProgram() {}

  private static List<Reported> misuseAll() {
    List<Reported> reported = new ArrayList<>();
    for (int size : new int[] {TINY, MEDIUM, SPAN, MAPPED}) {
      long block = Hakmem.allocate(size);
      Hakmem.free(block);
      Hakmem.free(block);
      reported.add(new Reported("double free", block, size));

      block = Hakmem.allocate(size);
      RawMemory.putByte(block + size, (byte) 1);
      Hakmem.free(block);
      reported.add(new Reported("overrun", block, size));

      block = Hakmem.allocate(size);
      Hakmem.free(block, size - 1);
      reported.add(new Reported("wrong size", block, size));

      block = Hakmem.allocate(size);
      byte header = RawMemory.getByte(block - 1);
      RawMemory.putByte(block - 1, (byte) 0x77);
      Hakmem.free(block);
      RawMemory.putByte(block - 1, header);
      reported.add(new Reported("header", block, size));

      block = Hakmem.allocate(size);
      Hakmem.free(block);
      RawMemory.putByte(block + 50, (byte) 1);
      reported.add(new Reported("write after free", block, size));
    }
    return reported;
  }

  /** Allocates and frees what would reuse the blocks, and looks whether one does. */
  private static void lookForThem(List<Reported> reported) {
    for (int round = 0; round < 3; round++) {
      for (int size : new int[] {TINY, MEDIUM, SPAN, MAPPED}) {
        long[] blocks = new long[size > 100_000 ? 12 : 5_000];
        for (int i = 0; i < blocks.length; i++) {
          blocks[i] = Hakmem.allocate(size);
          for (Reported one : reported) {
            if (blocks[i] < one.address + one.size && one.address < blocks[i] + size) {
              throw new AssertionError(one + " was handed out again");
            }
          }
        }
        for (long block : blocks) {
          Hakmem.free(block);
        }
      }
      Hakmem.flushThreadCache();
      Hakmem.trim();
    }
  }

  /** Prints how many misuses it has made. */
  public static void main(String[] arguments) throws Exception {
    List<Reported> reported = misuseAll();
    lookForThem(reported);
    for (int i = 0; i < MANY; i++) {
      Hakmem.free(4096);
    }
    // The next second's first line says how many were not printed.
    Thread.sleep(1_100);
    Hakmem.free(4096);
    System.out.println("misuses: " + (reported.size() + MANY + 1));
  }
}
