package io.hakmem.config;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.ALIGNMENT_SHIFT;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LITTLE_BLOCKS;
import static io.hakmem.config.BlockLayout.LITTLE_BYTES;
import static io.hakmem.config.BlockLayout.MAX_CAPACITY;
import static io.hakmem.config.BlockLayout.MAX_LIST_BYTES;
import static io.hakmem.config.BlockLayout.SEGMENT_HEADER_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;

import java.util.Locale;

/**
 * The size classes: C0 to C15 are tiny, C16 to C31 medium.
 *
 * <p>Above 64 B each stride is at most 4/3 of the one before, so a block wastes at most 25 %; from
 * 256 B on strides are multiples of 64 (why: {@link BlockLayout#FIRST_USER_OFFSET}).
 */
public final class SizeClasses {

  private static final int[] STRIDES = {
    16, 32, 48, 64, 80, 96, 128, 160, 208, 256, 320, 384, 512, 640, 832, 1088, //
    1408, 1856, 2432, 3200, 4224, 5632, 7488, 9984, 13312, 17728, 23616, 31488, 41984, 55936, 74560,
    99392
  };

  /** Number of classes, as many as five bits of a header can name: 32. */
  public static final int COUNT = 32;

  /** Number of tiny classes: 16. */
  public static final int TINY_COUNT = 16;

  /** Largest requested size that a tiny block serves: 1087 bytes. */
  public static final int MAX_TINY_BYTES = 1088 - HEADER_BYTES;

  /** Largest requested size that a block of a class serves: 99,391 bytes. */
  public static final int MAX_CLASS_BYTES = 99392 - HEADER_BYTES;

  /** Most slabs in a row that one class takes at a time. */
  private static final int MAX_SLABS = 8;

  /** Leftover at the end of a run of slabs that is small enough: 1/16. */
  private static final int LEFTOVER_SHIFT = 4;

  /**
   * Class of (size + 1) rounded up to 16, in units of 16. Its length is a power of two, so that a
   * mask instead of a comparison tells the compiler that the index is in bounds.
   */
  private static final byte[] TINY_CLASS_OF_UNITS = new byte[128];

  private static final int TINY_UNITS_MASK = 127;

  /** Class of (size + 1) rounded up to 64, in units of 64. */
  private static final byte[] MEDIUM_CLASS_OF_UNITS = new byte[2048];

  private static final int MEDIUM_UNITS_MASK = 2047;
  private static final int MEDIUM_SHIFT = 6;
  private static final int MEDIUM_UNIT = 1 << MEDIUM_SHIFT;

  /** No class is negative, but only so does the compiler know it and drop a bounds check. */
  private static final int UNSIGNED = 0xFF;

  private static final int[] SLABS = new int[COUNT];

  static {
    fillClasses(TINY_CLASS_OF_UNITS, ALIGNMENT, MAX_TINY_BYTES);
    fillClasses(MEDIUM_CLASS_OF_UNITS, MEDIUM_UNIT, MAX_CLASS_BYTES);
    for (int sizeClass = 0; sizeClass < COUNT; sizeClass++) {
      SLABS[sizeClass] = fittingSlabs(STRIDES[sizeClass]);
    }
  }

  private SizeClasses() {}

  private static void fillClasses(byte[] classes, int unit, int maxBytes) {
    int sizeClass = 0;
    for (int units = 0; units <= (maxBytes + HEADER_BYTES) / unit; units++) {
      if (units * unit > STRIDES[sizeClass]) {
        sizeClass++;
      }
      while (units * unit > STRIDES[sizeClass]) {
        sizeClass++;
      }
      classes[units] = (byte) sizeClass;
    }
  }

  /** The fewest slabs in a row whose end is not wasted. */
  private static int fittingSlabs(int stride) {
    int best = 1;
    double bestLeftover = 1;
    for (int slabs = 1; slabs <= MAX_SLABS; slabs++) {
      int bytes = slabs * SLAB_BYTES - SEGMENT_HEADER_BYTES - ALIGNMENT;
      double leftover = (double) (bytes % stride) / bytes;
      if (bytes >= stride && leftover < bestLeftover) {
        best = slabs;
        bestLeftover = leftover;
        if (leftover < 1.0 / (1 << LEFTOVER_SHIFT)) {
          return best;
        }
      }
    }
    return best;
  }

  /**
   * The class that serves {@code size} bytes; {@code size} must be 0 to {@link #MAX_TINY_BYTES}.
   */
  public static int ofTiny(int size) {
    return TINY_CLASS_OF_UNITS[((size + ALIGNMENT) >>> ALIGNMENT_SHIFT) & TINY_UNITS_MASK]
        & UNSIGNED;
  }

  /** The same for every {@code size} from {@link #MAX_TINY_BYTES} to {@link #MAX_CLASS_BYTES}. */
  public static int ofMedium(int size) {
    return MEDIUM_CLASS_OF_UNITS[((size + MEDIUM_UNIT) >>> MEDIUM_SHIFT) & MEDIUM_UNITS_MASK]
        & UNSIGNED;
  }

  /** The class that serves a size, or -1 if none does: it is negative or above the largest. */
  public static int of(long size) {
    if (Long.compareUnsigned(size, MAX_TINY_BYTES) <= 0) {
      return ofTiny((int) size);
    }
    return Long.compareUnsigned(size, MAX_CLASS_BYTES) <= 0 ? ofMedium((int) size) : -1;
  }

  /** Distance of two neighbouring blocks of a class, in bytes. */
  public static int stride(int sizeClass) {
    return STRIDES[sizeClass];
  }

  /** Bytes that a user may write into a block of a class. */
  public static int usableBytes(int sizeClass) {
    return STRIDES[sizeClass] - HEADER_BYTES;
  }

  /** Slabs in a row that a class takes at a time. */
  public static int slabs(int sizeClass) {
    return SLABS[sizeClass];
  }

  /** Most blocks that a thread's list of a class may grow to. */
  public static int maxCapacity(int sizeClass) {
    return Math.clamp(MAX_LIST_BYTES / STRIDES[sizeClass], 2, MAX_CAPACITY);
  }

  /** Blocks of a class that are little, see {@link BlockLayout#LITTLE_BYTES}. */
  public static int littleBlocks(int sizeClass) {
    return Math.max(LITTLE_BLOCKS, LITTLE_BYTES / STRIDES[sizeClass]);
  }

  /** The classes as a printable table. */
  public static String table() {
    StringBuilder table =
        new StringBuilder("class  stride B  usable B  worst waste  slabs  list max\n");
    for (int sizeClass = 0; sizeClass < COUNT; sizeClass++) {
      int stride = STRIDES[sizeClass];
      int smallest = sizeClass == 0 ? 0 : STRIDES[sizeClass - 1];
      table.append(
          String.format(
              Locale.ROOT,
              "C%-5d %8d  %8d  %9.1f %%  %5d  %8d%n",
              sizeClass,
              stride,
              usableBytes(sizeClass),
              100.0 * (stride - smallest) / stride,
              slabs(sizeClass),
              maxCapacity(sizeClass)));
    }
    return table.toString();
  }
}
