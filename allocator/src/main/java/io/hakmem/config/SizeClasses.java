package io.hakmem.config;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.ALIGNMENT_SHIFT;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.MAX_CAPACITY;
import static io.hakmem.config.BlockLayout.MAX_LIST_BYTES;
import static io.hakmem.config.BlockLayout.MIN_CAPACITY;

/**
 * The tiny size classes C0 to C15.
 *
 * <p>Above 64 B each stride is at most 4/3 of the one before, so a block wastes at most 25 %; from
 * 256 B on strides are multiples of 64 (why: {@link BlockLayout#FIRST_USER_OFFSET}).
 */
public final class SizeClasses {

  private static final int[] STRIDES = {
    16, 32, 48, 64, 80, 96, 128, 160, 208, 256, 320, 384, 512, 640, 832, 1088
  };

  /** Number of tiny classes, as many as a header nibble can name: 16. */
  public static final int COUNT = 16;

  /** Largest requested size that a tiny block serves: 1087 bytes. */
  public static final int MAX_TINY_BYTES = 1088 - HEADER_BYTES;

  /**
   * Class of (size + 1) rounded up to 16, in units of 16. Its length is a power of two, so that a
   * mask instead of a comparison tells the compiler that the index is in bounds.
   */
  private static final byte[] CLASS_OF_UNITS = classOfUnits();

  private static final int UNITS_MASK = 127;

  private SizeClasses() {}

  private static byte[] classOfUnits() {
    byte[] classes = new byte[UNITS_MASK + 1];
    int sizeClass = 0;
    for (int units = 0; units <= (MAX_TINY_BYTES + ALIGNMENT) / ALIGNMENT; units++) {
      if (units * ALIGNMENT > STRIDES[sizeClass]) {
        sizeClass++;
      }
      classes[units] = (byte) sizeClass;
    }
    return classes;
  }

  /**
   * The class that serves {@code size} bytes; {@code size} must be 0 to {@link #MAX_TINY_BYTES}.
   */
  public static int of(int size) {
    return CLASS_OF_UNITS[((size + ALIGNMENT) >>> ALIGNMENT_SHIFT) & UNITS_MASK];
  }

  /** Distance of two neighbouring blocks of a class, in bytes. */
  public static int stride(int sizeClass) {
    return STRIDES[sizeClass];
  }

  /** Bytes that a user may write into a block of a class. */
  public static int usableBytes(int sizeClass) {
    return STRIDES[sizeClass] - HEADER_BYTES;
  }

  /** Most blocks that a thread's list of a class may grow to. */
  public static int maxCapacity(int sizeClass) {
    return Math.clamp(MAX_LIST_BYTES / STRIDES[sizeClass], MIN_CAPACITY, MAX_CAPACITY);
  }
}
