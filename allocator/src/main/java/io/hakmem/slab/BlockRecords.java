package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.ALIGNMENT_SHIFT;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.SEGMENT_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_SHIFT;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;

import io.hakmem.config.CheckOptions;
import java.nio.ByteOrder;
import java.util.function.BooleanSupplier;

/**
 * What the checked path knows of each block, kept off heap and apart from the blocks: one record of
 * 32 bytes a block, in an area a slab. Thread-safe.
 *
 * <p>A record counts only in the <em>epoch</em> in which it was written. A new one begins each time
 * the checked path was proven to be live; so blocks that another path handed out or took back in
 * between are unknown, and are adopted as they come. Epoch 0 means that nothing is recorded.
 *
 * <p>Free blocks are linked in their records too: where a link in a block was overwritten, the
 * record's is followed instead. It is believed only as long as the checked path is still live,
 * since no other path writes it.
 */
public final class BlockRecords {

  /** Nothing is known in this epoch. */
  public static final int UNKNOWN = 0;

  public static final int LIVE = 1;

  /** On a list or in a batch. */
  public static final int FREE = 2;

  /** Freed, and kept from reuse for a while. */
  public static final int HELD = 3;

  /** On a list or held, its link was damaged: to be reported when it comes up. */
  public static final int CONDEMNED = 4;

  /** Reported, never used again. */
  public static final int LOST = 5;

  /** On a list or held, reported: to be left out when it comes up. */
  public static final int REPORTED = 6;

  /** Free, and looked at by the sweep at the moment. */
  public static final int SWEPT = 7;

  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final int STATE_BITS = 3;
  private static final int STATE_MASK = (1 << STATE_BITS) - 1;

  /**
   * The low bits of an epoch are in a record, above its state; an epoch where they are 0 is none.
   */
  private static final int EPOCH_MASK = 0xFFF8;

  private static final int EPOCHS = (EPOCH_MASK >>> STATE_BITS) + 1;

  /**
   * Words of a record (ints): from its low bits on the state, the epoch, and where in its 64 KiB
   * the block starts; so one comparison says whether a block starts there that is in a state.
   */
  public static final int STATE = 0;

  private static final int PLACE_SHIFT = SLAB_SHIFT;

  /** Bytes asked for in the low bits; above them, in units of 16, where an aligned block starts. */
  public static final int REQUESTED = 4;

  private static final int REQUESTED_BITS = 18;
  private static final int REQUESTED_MASK = (1 << REQUESTED_BITS) - 1;

  public static final int ALLOCATED_AT = 8;
  public static final int ALLOCATED_BY = 12;

  /** The sign of {@link #ALLOCATED_BY}: the block is no leak. */
  private static final int EXEMPT = Integer.MIN_VALUE;

  public static final int FREED_AT = 16;
  public static final int FREED_BY = 20;

  /** Base of the next block on the list (long). */
  public static final int NEXT = 24;

  static final int BYTES_SHIFT = 5;

  /**
   * A block's record is found by its place in its 64 KiB, in units of the largest power of two that
   * its stride holds: no two blocks share such a unit, and some have none. At most half a slab, so
   * that the records of each 64 KiB are a multiple of 64 bytes.
   */
  private static final int MAX_UNIT_SHIFT = SLAB_SHIFT - 1;

  /** What a slab's area starts with, in front of its records. */
  static final int AREA_START = 0;

  static final int AREA_FIRST_BASE = 8;
  static final int AREA_RECIPROCAL = 16;
  static final int AREA_STRIDE = 24;
  static final int AREA_COUNT = 28;
  static final int AREA_CLASS = 32;
  static final int AREA_OWNER = 36;
  static final int AREA_EPOCH = 40;

  static final int AREA_HEADER_BYTES = 64;

  /** An entry for each 64 KiB of a slab: key, area, records and their unit, class and owner. */
  static final int ENTRY_KEY = 0;

  static final int ENTRY_AREA = 8;

  /**
   * Address of the records of the 64 KiB, with the shift of their unit in its low bits: read at
   * once, so that whatever happens meanwhile it leads to records.
   */
  static final int ENTRY_RECORDS = 16;

  static final int ENTRY_CLASS = 24;
  static final int ENTRY_OWNER = 28;
  static final int ENTRY_STRIDE = 32;
  private static final long RECORDS_MASK = ADDRESS_MASK & -64;

  /**
   * {@code offset * ceil(2^40 / stride) >>> 40} is {@code offset / stride} exactly: the error stays
   * below offset * stride &lt; 2^36.
   */
  static final int RECIPROCAL_SHIFT = 40;

  /** Plain, since no answer is believed without {@link #isTrue}, which asks the path. */
  private static int epoch;

  /** What all live blocks' words have in common in this epoch; matches none while it is 0. */
  private static int liveBits = LIVE;

  private static int lastEpoch;
  private static BooleanSupplier pathIsLive = () -> false;

  private BlockRecords() {}

  /**
   * Begins a new epoch.
   *
   * @param newPoison how much of a free block is filled
   * @param newPathIsLive whether the checked path is live at the moment of the call
   * @param newLastLook gets every block whose slab is about to go back
   */
  public static synchronized void arm(
      CheckOptions.Poison newPoison, BooleanSupplier newPathIsLive, Visitor newLastLook) {
    RecordedSlabs.armed(newLastLook);
    BlockPoison.part(newPoison);
    pathIsLive = newPathIsLive;
    lastEpoch++;
    if (lastEpoch % EPOCHS == 0) {
      // What was written so many epochs ago looks like new from here on.
      RecordAreas.forgetAll();
      lastEpoch++;
    }
    begin(lastEpoch);
  }

  private static void begin(int newEpoch) {
    epoch = newEpoch;
    liveBits = (newEpoch << STATE_BITS & EPOCH_MASK) | LIVE;
  }

  /** From now on nothing is recorded. */
  public static void disarm() {
    begin(0);
  }

  /** Number of this epoch, 0 while nothing is recorded. */
  public static int epoch() {
    return epoch;
  }

  /** Whether what was read from records of an epoch, before this call, can be believed. */
  public static boolean isTrue(int ofEpoch) {
    return ofEpoch != 0 && pathIsLive.getAsBoolean() && epoch == ofEpoch;
  }

  /** The first word of the record of a block in an epoch. */
  public static int word(int ofEpoch, int state, long base) {
    return (int) base << PLACE_SHIFT | (ofEpoch << STATE_BITS & EPOCH_MASK) | state;
  }

  /** The first word of the record of a live block in this epoch. */
  public static int liveWord(long base) {
    return (int) base << PLACE_SHIFT | liveBits;
  }

  /** The same word with another state. */
  public static int with(int word, int state) {
    return (word & ~STATE_MASK) | state;
  }

  /** The state that a record's first word says in an epoch. */
  public static int state(int word, int ofEpoch) {
    return ((word ^ ofEpoch << STATE_BITS) & EPOCH_MASK) == 0 && ofEpoch != 0
        ? word & STATE_MASK
        : UNKNOWN;
  }

  /**
   * What is known of the slab that an address lies in; for one that lies in none, an entry whose
   * records say nothing. Never reads what is not mapped.
   */
  public static long entry(long base) {
    long key = base >>> SLAB_SHIFT;
    long entry = RecordAreas.place(key);
    // Plain, so that two looks at the same address become one: whoever has a block sees the entry
    // of its slab, and nothing that a racing misuse sees is unmapped.
    return getLong(entry + ENTRY_KEY) == key ? entry : RecordAreas.entrySlow(base) & ADDRESS_MASK;
  }

  /** Whether an entry is that of a slab of a class and of an allocator. */
  public static boolean isOf(long entry, int sizeClass, int owner) {
    return getInt(entry + ENTRY_CLASS) == sizeClass && getInt(entry + ENTRY_OWNER) == owner;
  }

  /** Class of the blocks in the slab of an entry, -1 if it is that of no slab. */
  public static int classOf(long entry) {
    return getInt(entry + ENTRY_CLASS);
  }

  /** Bytes that a user may write into a block of the slab of an entry. */
  public static int usableOf(long entry) {
    return strideOf(entry) - HEADER_BYTES;
  }

  /** Distance of two neighbouring blocks in the slab of an entry. */
  public static int strideOf(long entry) {
    return getInt(entry + ENTRY_STRIDE);
  }

  /**
   * The record that a block has that starts at a base, if one does: whether so, its word says, see
   * {@link #word}.
   *
   * @param entry that of the base
   */
  public static long recordOf(long entry, long base) {
    long records = getLong(entry + ENTRY_RECORDS);
    // Of a distance only the low bits count, and those are the shift. The second mask changes
    // nothing, but the compiler knows no bounds of what is shifted by a variable.
    long unit = (base & (SLAB_BYTES - 1)) >>> records & (SLAB_BYTES - 1);
    return (records & RECORDS_MASK) + (unit << BYTES_SHIFT);
  }

  /** The area of the slab that an address lies in, 0 for none. Never reads what is not mapped. */
  public static long find(long base) {
    return getLong(entry(base) + ENTRY_AREA) & ADDRESS_MASK;
  }

  /** Shift of the unit in which a block's record is found. */
  static int unitShift(int stride) {
    return Math.min(MAX_UNIT_SHIFT, Integer.SIZE - 1 - Integer.numberOfLeadingZeros(stride));
  }

  /** What a table entry says of the records of 64 KiB of a slab, see {@link #ENTRY_RECORDS}. */
  static long records(long area, long start) {
    return recordAt(area, start) | unitShift(stride(area));
  }

  /** The same for 64 bytes that belong to no slab. */
  static long noRecords(long zeros) {
    return zeros | MAX_UNIT_SHIFT;
  }

  /** Record of the block that starts at a base of a slab. */
  private static long recordAt(long area, long base) {
    long unit = (base - getLong(area + AREA_START)) >>> unitShift(stride(area));
    return (area + AREA_HEADER_BYTES + (unit << BYTES_SHIFT)) & ADDRESS_MASK;
  }

  /** The record of the block that starts at a base, 0 if none starts there. */
  public static long record(long area, long base) {
    if (area == 0) {
      return 0;
    }
    long offset = base - getLong(area + AREA_FIRST_BASE);
    long index = (offset * getLong(area + AREA_RECIPROCAL)) >>> RECIPROCAL_SHIFT;
    boolean exact =
        index < getInt(area + AREA_COUNT) && index * getInt(area + AREA_STRIDE) == offset;
    return exact ? recordAt(area, base) : 0;
  }

  /** Bytes that were asked for, counted from the block's own address. */
  public static int requested(long record) {
    return getInt(record + REQUESTED) & REQUESTED_MASK;
  }

  /** Where in the block the aligned address lies that the user has; 0 for its start. */
  public static int alignedBy(long record) {
    return (getInt(record + REQUESTED) >>> REQUESTED_BITS) << ALIGNMENT_SHIFT;
  }

  /** Bytes that were asked for, counted from the address that the user has. */
  public static int userRequested(long record) {
    return requested(record) - alignedBy(record);
  }

  public static void putRequested(long record, int requested, int alignedBy) {
    putInt(record + REQUESTED, requested | ((alignedBy >>> ALIGNMENT_SHIFT) << REQUESTED_BITS));
  }

  public static int sizeClass(long area) {
    return getInt(area + AREA_CLASS);
  }

  /** Distance of two neighbouring blocks. */
  public static int stride(long area) {
    return getInt(area + AREA_STRIDE);
  }

  /** Id of the allocator whose slab it is. */
  public static int owner(long area) {
    return getInt(area + AREA_OWNER);
  }

  /** Whether every block of the slab was recorded from its first use on. */
  public static boolean knowsAll(long area, int ofEpoch) {
    return ofEpoch != 0 && getInt(area + AREA_EPOCH) == ofEpoch;
  }

  /** Base of the block that an address inside a slab lies in, or of the nearest one. */
  public static long nearest(long area, long address) {
    long offset = Math.max(0, address - getLong(area + AREA_FIRST_BASE));
    long index = Math.min(offset / getInt(area + AREA_STRIDE), getInt(area + AREA_COUNT) - 1L);
    return getLong(area + AREA_FIRST_BASE) + index * getInt(area + AREA_STRIDE);
  }

  /** Two neighbouring ints as the long that one access reads or writes. */
  public static long pair(int first, int second) {
    return LITTLE_ENDIAN
        ? (first & 0xFFFF_FFFFL) | (long) second << Integer.SIZE
        : (second & 0xFFFF_FFFFL) | (long) first << Integer.SIZE;
  }

  /** The area of the slab that is nearest to an address, if one is within 4 MiB; else 0. */
  public static long nearestArea(long address) {
    long best = 0;
    long bestDistance = SEGMENT_BYTES;
    for (long area : RecordAreas.published()) {
      long distance = Math.abs(getLong(area + AREA_START) - address);
      if (distance < bestDistance) {
        best = area;
        bestDistance = distance;
      }
    }
    return best;
  }

  /** Calls for each block of a slab that a record was ever written for. */
  public interface Visitor {
    void visit(long area, long base, long record);
  }

  /** Visits the records of all slabs that are there; a slab stays while its are visited. */
  public static void forEach(Visitor visitor) {
    for (long area : RecordAreas.published()) {
      RecordAreas.visit(area, visitor);
    }
  }

  static void visitAll(long area, Visitor visitor) {
    long base = getLong(area + AREA_FIRST_BASE);
    for (int i = 0; i < getInt(area + AREA_COUNT); i++) {
      long record = recordAt(area, base);
      if (getInt(record) != 0) {
        visitor.visit(area, base, record);
      }
      base += getInt(area + AREA_STRIDE);
    }
  }

  /** Says that a live block is meant to live as long as the process. */
  public static void exempt(long record) {
    putInt(record + ALLOCATED_BY, getInt(record + ALLOCATED_BY) | EXEMPT);
  }

  public static boolean isExempt(long record) {
    return (getInt(record + ALLOCATED_BY) & EXEMPT) != 0;
  }

  /** Id of the thread that allocated a block. */
  public static int allocatedBy(long record) {
    return getInt(record + ALLOCATED_BY) & ~EXEMPT;
  }

  /** The area that an address's slab had before it was given back, 0 if that is forgotten. */
  public static long findRetired(long address) {
    return RecordAreas.findRetired(address & -SLAB_BYTES);
  }
}
