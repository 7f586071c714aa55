package io.hakmem.config;

/**
 * Every size, shift, mask and header value of the allocator, derived from a handful of numbers.
 *
 * <p>A block of stride S starts with its header byte; S-1 user bytes follow. The address of the
 * header is called <em>base</em>, the address that users see is called <em>user</em>, and {@code
 * base == user - 1} always. User addresses are multiples of 16.
 *
 * <pre>
 *   base  user = base + 1            base + stride - 1
 *     |    |                                |
 *    [h]  [user bytes …                     ]
 * </pre>
 */
public final class BlockLayout {

  /** Bytes between a block's base and its user address. */
  public static final int HEADER_BYTES = 1;

  /** Alignment of every user address, and the unit of every stride. */
  public static final int ALIGNMENT_SHIFT = 4;

  public static final int ALIGNMENT = 1 << ALIGNMENT_SHIFT;

  /** High nibble of the header of a tiny block that a user holds. */
  public static final int LIVE_MAGIC = 0xA0;

  /** High nibble of the header of a tiny block that lies on a list of a path that marks frees. */
  public static final int FREE_MAGIC = 0x50;

  /** High nibble of the header of a block that has a mapping of its own. */
  public static final int LARGE_MAGIC = 0xC0;

  /** Selects the magic of a header byte. */
  public static final int MAGIC_MASK = 0xF0;

  /** Selects the size class of a tiny block's header byte. */
  public static final int CLASS_MASK = 0x0F;

  /** Granularity at which memory is handed to one size class: 64 KiB. */
  public static final int SLAB_SHIFT = 16;

  public static final int SLAB_BYTES = 1 << SLAB_SHIFT;

  /** Granularity at which memory is reserved from the operating system: 4 MiB, so aligned. */
  public static final int SEGMENT_SHIFT = 22;

  public static final int SEGMENT_BYTES = 1 << SEGMENT_SHIFT;

  /** Slabs of a segment: 64. */
  public static final int SLABS_PER_SEGMENT = SEGMENT_BYTES / SLAB_BYTES;

  /** Start of every segment, kept for the records of its slabs: 4 KiB, one record of 64 B each. */
  public static final int SEGMENT_HEADER_BYTES = SLABS_PER_SEGMENT * 64;

  /**
   * Offset of the first user address in a slab. For strides that are multiples of 64 it puts the
   * header and the next pointer of every block on one cache line; with the header on the line
   * before, each push would touch two.
   */
  public static final int FIRST_USER_OFFSET = ALIGNMENT;

  /** Fewest and most blocks that a thread's list of one class may hold. */
  public static final int MIN_CAPACITY = 16;

  public static final int MAX_CAPACITY = 2048;

  /** Most bytes that a thread's list of one class may hold, as long as MIN_CAPACITY allows it. */
  public static final int MAX_LIST_BYTES = 256 * 1024;

  /**
   * A mask that changes no user-space address but tells the compiler that the address plus any
   * small offset lies inside the whole-memory segment, so that it drops the bounds checks.
   */
  public static final long ADDRESS_MASK = (1L << 62) - 1;

  private BlockLayout() {}
}
