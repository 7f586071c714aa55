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

  /**
   * Header of a live block of a size class: this plus the class. 0xA0 to 0xAF are the tiny classes,
   * 0xB0 to 0xBF the medium ones.
   */
  public static final int LIVE_MAGIC = 0xA0;

  /** Selects the part of a header that tells a block of a size class from everything else. */
  public static final int MAGIC_MASK = 0xE0;

  /** Selects the size class of a header byte. */
  public static final int CLASS_MASK = 0x1F;

  /** A path that marks free blocks flips these bits: 0xA_ becomes 0x5_, 0xB_ becomes 0x4_. */
  public static final int FREE_FLIP = 0xF0;

  /** Magic of a flipped header, under {@link #MAGIC_MASK}. */
  public static final int FREE_MAGIC = (LIVE_MAGIC ^ FREE_FLIP) & MAGIC_MASK;

  /** Header of a block that has slabs of a segment of its own. */
  public static final int SPAN_HEADER = 0xC0;

  /** Header of a block that has a mapping of its own. */
  public static final int MAPPED_HEADER = 0xD0;

  /** Header of an address inside another block, moved up to an alignment that was asked for. */
  public static final int ALIGNED_HEADER = 0xE0;

  /**
   * Granularity at which memory is handed to a size class: 64 KiB. A class of large blocks takes
   * several in a row.
   */
  public static final int SLAB_SHIFT = 16;

  public static final int SLAB_BYTES = 1 << SLAB_SHIFT;

  /** Granularity at which memory is reserved from the operating system: 4 MiB, so aligned. */
  public static final int SEGMENT_SHIFT = 22;

  public static final int SEGMENT_BYTES = 1 << SEGMENT_SHIFT;

  /** Slabs of a segment: 64, as many as a long has bits. */
  public static final int SLABS_PER_SEGMENT = SEGMENT_BYTES / SLAB_BYTES;

  /** Start of every segment, which says which one it is: one cache line. */
  public static final int SEGMENT_HEADER_BYTES = 64;

  /**
   * Offset of the first user address in a slab. For strides that are multiples of 64 it puts the
   * header and the next pointer of every block on one cache line; with the header on the line
   * before, each push would touch two.
   */
  public static final int FIRST_USER_OFFSET = ALIGNMENT;

  /** Largest block that is cut from a segment: 1 MiB; larger ones get a mapping of their own. */
  public static final int MAX_SPAN_BYTES = 16 * SLAB_BYTES;

  /**
   * Bytes in front of the user address of a span or mapped block: its length and header, behind
   * what the segment may keep there.
   */
  public static final int PREFIX_BYTES = 2 * SEGMENT_HEADER_BYTES;

  /** Capacity that a thread's list of one class starts with, and the most it grows to. */
  public static final int FIRST_CAPACITY = 16;

  public static final int MAX_CAPACITY = 2048;

  /** Most bytes that a thread's list of one class may hold: 256 KiB, but at least 2 blocks. */
  public static final int MAX_LIST_BYTES = 256 * 1024;

  /**
   * What is little for a list or a batch: 8 KiB or 16 blocks, whichever is more. A list below it is
   * short; a batch of fresh memory is not larger.
   */
  public static final int LITTLE_BYTES = 8 * 1024;

  public static final int LITTLE_BLOCKS = 16;

  /**
   * The bits of an address that decide whether its size says where a free goes: an alignment above
   * 16 leaves the bit of 16 clear, and so does a large block. The sign tells a negative one.
   */
  public static final long BY_SIZE_MASK = Long.MIN_VALUE | ALIGNMENT;

  /** What they are in the address of a block that lies where its class puts it. */
  public static final long BY_SIZE = ALIGNMENT;

  /**
   * A mask that changes no user-space address but tells the compiler that the address plus any
   * small offset lies inside the whole-memory segment, so that it drops the bounds checks.
   */
  public static final long ADDRESS_MASK = (1L << 62) - 1;

  private BlockLayout() {}
}
