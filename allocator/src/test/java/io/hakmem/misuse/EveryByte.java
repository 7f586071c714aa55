package io.hakmem.misuse;

import io.hakmem.Hakmem;
import io.hakmem.InvalidFreeException;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes to each byte of a block in turn that is not the user's: behind its end while it is in use,
 * and anywhere once it is free. Prints for each size when each write was found.
 */
public final class EveryByte {

  static final int[] SIZES = {
    0, 1, 8, 15, 16, 40, 64, 65, 79, 93, 127, 143, 150, 200, 333, 600, 1_087, 1_500
  };

  static final String AT_FREE = "overrun at free";
  static final String OVERRUN_AT_USE = "overrun at use";
  static final String AT_USE = "writeAfterFree at use";
  static final String MISSED = "missed";

  private EveryByte() {}

  /** Bytes of a block of the class that serves a size. */
  static int usable(int size) {
    return SizeClasses.usableBytes(SizeClasses.of(size));
  }

  private static String overrun(int size, int at) {
    long block = Hakmem.allocate(size);
    damage(block + at);
    try {
      Hakmem.free(block);
    } catch (InvalidFreeException e) {
      return e.kind() + " at free";
    }
    return useAgain(size);
  }

  private static String writeAfterFree(int size, int at) {
    long block = Hakmem.allocate(size);
    Hakmem.free(block);
    damage(block + at);
    return useAgain(size);
  }

  /** What was freed last comes first. */
  private static String useAgain(int size) {
    try {
      Hakmem.free(Hakmem.allocate(size));
    } catch (InvalidFreeException e) {
      return e.kind() + " at use";
    }
    return MISSED;
  }

  private static void damage(long address) {
    RawMemory.putByte(address, (byte) (RawMemory.getByte(address) ^ 0x10));
  }

  /** One line a size and way of writing: what was found, and at which bytes, in order. */
  public static void main(String[] arguments) {
    for (int size : SIZES) {
      Map<String, String> overruns = new TreeMap<>();
      Map<String, String> writes = new TreeMap<>();
      for (int at = 0; at < usable(size); at++) {
        writes.merge(writeAfterFree(size, at), " " + at, String::concat);
        if (at >= size) {
          overruns.merge(overrun(size, at), " " + at, String::concat);
        }
      }
      System.out.println(size + " overruns " + overruns);
      System.out.println(size + " writes " + writes);
    }
  }
}
