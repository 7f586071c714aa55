package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.SLAB_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_SHIFT;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;
import static io.hakmem.memory.RawMemory.putLongRelease;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.OsMemory;
import io.hakmem.memory.RawMemory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The memory of {@link BlockRecords}: one area a slab, found by address. Thread-safe.
 *
 * <p>Areas are found through a table with an entry for each 64 KiB of a slab: its key is the
 * address in these units, and the key's low bits are the place; what finds its place taken has an
 * entry in a map. An entry is a cache line and holds all that an operation needs to know. Areas are
 * never unmapped, and one that was used for a class is used for that class only: whoever still
 * looks into one that is no longer valid sees wrong records, but no foreign memory.
 */
final class RecordAreas {

  private static final int PLACES = 1 << 15;
  private static final int ENTRY_SHIFT = 6;

  /** Key of an entry that is not in use: of no address. */
  private static final long NO_KEY = -1;

  private static final int ENTRY_BYTES = 1 << ENTRY_SHIFT;
  private static final long CHUNK_BYTES = 1L << 20;

  /** Areas of slabs that were given back are kept, up to so many bytes, to explain late frees. */
  private static final long MAX_RETIRED_BYTES = 16L << 20;

  /** Low, so that it is part of the instructions that read it. */
  private static final long TABLE =
      OsMemory.platform().reserveLow((long) PLACES << ENTRY_SHIFT, "checks");

  /** Entries of those whose place in the table was taken once, by key; they stay. */
  private static final Map<Long, Long> DISPLACED = new ConcurrentHashMap<>();

  // Guarded by the class.
  private static final Map<Long, Long> PUBLISHED = new HashMap<>();
  private static final LinkedHashMap<Long, Long> RETIRED = new LinkedHashMap<>();
  private static final List<ArrayDeque<Long>> SPARE = new ArrayList<>();
  private static long retiredBytes;
  private static long chunk;
  private static long chunkEnd;

  static {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      SPARE.add(new ArrayDeque<>());
    }
  }

  /** What is found for an address of no slab: an entry of no class, with records of zeros. */
  private static final long NO_ENTRY = noEntry();

  private RecordAreas() {}

  private static long noEntry() {
    // All others are 0, which is no key there.
    putLong(place(0) + BlockRecords.ENTRY_KEY, NO_KEY);
    long entry = carve(ENTRY_BYTES);
    putInt(entry + BlockRecords.ENTRY_CLASS, -1);
    putLong(entry + BlockRecords.ENTRY_RECORDS, BlockRecords.noRecords(carve(ENTRY_BYTES)));
    return entry;
  }

  /** Where in the table the entry of a key is, if it is there. */
  static long place(long key) {
    return TABLE + ((key & (PLACES - 1)) << ENTRY_SHIFT);
  }

  /** The entry of an address that is not in its place: displaced, not made yet, or of none. */
  static long entrySlow(long base) {
    long known = displaced(base);
    if (known == 0 && SlabRegistry.findSlab(base) != null) {
      adopt(base);
      known = key(base) == getLong(place(key(base))) ? place(key(base)) : displaced(base);
    }
    return known == 0 ? NO_ENTRY : known;
  }

  private static long displaced(long base) {
    Long entry = DISPLACED.get(key(base));
    return entry != null && getLong(entry + BlockRecords.ENTRY_KEY) == key(base) ? entry : 0;
  }

  private static synchronized void adopt(long base) {
    // Looked up again, since the slab may have been given back before the lock was had.
    Slab slab = SlabRegistry.findSlab(base);
    if (slab != null && !PUBLISHED.containsKey(slab.start())) {
      publish(slab, 0);
    }
  }

  static synchronized void create(Slab slab, int epoch) {
    if (!PUBLISHED.containsKey(slab.start())) {
      publish(slab, epoch);
    }
  }

  private static void publish(Slab slab, int epoch) {
    long area = areaFor(slab);
    putInt(area + BlockRecords.AREA_OWNER, slab.owner());
    putInt(area + BlockRecords.AREA_EPOCH, epoch);
    PUBLISHED.put(slab.start(), area);
    for (long key = key(slab.start()); key < key(slab.end()); key++) {
      boolean taken = getLong(place(key) + BlockRecords.ENTRY_AREA) != 0;
      long entry = taken ? DISPLACED.computeIfAbsent(key, k -> carve(ENTRY_BYTES)) : place(key);
      putLong(entry + BlockRecords.ENTRY_AREA, area);
      putLong(entry + BlockRecords.ENTRY_RECORDS, BlockRecords.records(area, key << SLAB_SHIFT));
      putInt(entry + BlockRecords.ENTRY_CLASS, slab.sizeClass());
      putInt(entry + BlockRecords.ENTRY_OWNER, slab.owner());
      putInt(entry + BlockRecords.ENTRY_STRIDE, SizeClasses.stride(slab.sizeClass()));
      putLongRelease(entry + BlockRecords.ENTRY_KEY, key);
    }
  }

  /** The area that the slab's predecessor of the same class had there, with all it says, or one. */
  private static long areaFor(Slab slab) {
    Long retired = RETIRED.get(slab.start());
    if (retired != null
        && getInt(retired + BlockRecords.AREA_CLASS) == slab.sizeClass()
        && getInt(retired + BlockRecords.AREA_OWNER) == slab.owner()) {
      RETIRED.remove(slab.start());
      retiredBytes -= bytes(slab.sizeClass());
      RecordedSlabs.holdAll(retired);
      return retired;
    }
    Long spare = SPARE.get(slab.sizeClass()).poll();
    long area = spare != null ? spare : carve(bytes(slab.sizeClass()));
    int stride = SizeClasses.stride(slab.sizeClass());
    RawMemory.fill(area, bytes(slab.sizeClass()), (byte) 0);
    putLong(area + BlockRecords.AREA_START, slab.start());
    putLong(area + BlockRecords.AREA_FIRST_BASE, slab.firstBase());
    putLong(
        area + BlockRecords.AREA_RECIPROCAL,
        ((1L << BlockRecords.RECIPROCAL_SHIFT) + stride - 1) / stride);
    putInt(area + BlockRecords.AREA_STRIDE, stride);
    putInt(area + BlockRecords.AREA_COUNT, (int) ((slab.end() - slab.firstBase()) / stride));
    putInt(area + BlockRecords.AREA_CLASS, slab.sizeClass());
    return area;
  }

  private static long carve(long bytes) {
    if (chunk + bytes > chunkEnd) {
      long whole = Math.max(CHUNK_BYTES, bytes);
      chunk = OsMemory.platform().reserve(whole, OsMemory.platform().pageBytes(), "checks");
      chunkEnd = chunk + whole;
    }
    long area = chunk;
    chunk += bytes;
    return area;
  }

  /** Bytes of an area of a class: a cache line, and the records; a multiple of 64. */
  private static long bytes(int sizeClass) {
    long slabBytes = (long) SizeClasses.slabs(sizeClass) * SLAB_BYTES;
    long units = slabBytes >>> BlockRecords.unitShift(SizeClasses.stride(sizeClass));
    return BlockRecords.AREA_HEADER_BYTES + (units << BlockRecords.BYTES_SHIFT);
  }

  /** Begins anew: nothing that was ever recorded counts. */
  static synchronized void forgetAll() {
    PUBLISHED.values().forEach(RecordAreas::forget);
    RETIRED.values().forEach(RecordAreas::forget);
  }

  private static void forget(long area) {
    BlockRecords.visitAll(area, (ofArea, base, record) -> putInt(record, 0));
    putInt(area + BlockRecords.AREA_EPOCH, 0);
  }

  /** Ends what is said about a slab; its area is kept for a while, to explain late frees. */
  static synchronized void retire(Slab slab, BlockRecords.Visitor lastLook) {
    Long area = PUBLISHED.get(slab.start());
    if (area == null) {
      return;
    }
    BlockRecords.visitAll(area, lastLook);
    PUBLISHED.remove(slab.start());
    for (long key = key(slab.start()); key < key(slab.end()); key++) {
      long displaced = displaced(key << SLAB_SHIFT);
      long entry = displaced == 0 ? place(key) : displaced;
      putLongRelease(entry + BlockRecords.ENTRY_KEY, NO_KEY);
      putLong(entry + BlockRecords.ENTRY_AREA, 0);
    }
    Long before = RETIRED.put(slab.start(), area);
    if (before != null) {
      reuse(before);
    }
    retiredBytes += bytes(slab.sizeClass());
    while (retiredBytes > MAX_RETIRED_BYTES) {
      reuse(RETIRED.pollFirstEntry().getValue());
    }
  }

  private static void reuse(long area) {
    int sizeClass = getInt(area + BlockRecords.AREA_CLASS);
    retiredBytes -= bytes(sizeClass);
    SPARE.get(sizeClass).add(area);
  }

  /** The area of the slab that was given back and contained an address, 0 if forgotten. */
  static synchronized long findRetired(long address) {
    for (int back = 0; back < MAX_SLABS; back++) {
      long start = (address & -SLAB_BYTES) - (long) back * SLAB_BYTES;
      Long area = RETIRED.get(start);
      if (area != null && back < SizeClasses.slabs(getInt(area + BlockRecords.AREA_CLASS))) {
        return area;
      }
    }
    return 0;
  }

  private static final int MAX_SLABS = 8;

  private static long key(long address) {
    return address >>> SLAB_SHIFT;
  }

  static synchronized List<Long> published() {
    return List.copyOf(PUBLISHED.values());
  }

  /** Under the lock, so that the slab can't be given back meanwhile. */
  static synchronized void visit(long area, BlockRecords.Visitor visitor) {
    Long there = PUBLISHED.get(getLong(area + BlockRecords.AREA_START));
    if (there != null && there == area) {
      BlockRecords.visitAll(area, visitor);
    }
  }
}
