package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.SEGMENT_SHIFT;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses belong to an allocator of this process, and to which. Thread-safe.
 *
 * <p>Kept whatever path is live, since it costs a look only where memory comes from the operating
 * system or goes back; asked by the checked path alone.
 */
public final class SlabRegistry {

  /** Where a mapping ends, and whose it is. */
  private record Mapping(long end, int owner) {}

  private static final Map<Long, Segment> SEGMENTS = new ConcurrentHashMap<>();
  private static final ConcurrentSkipListMap<Long, Mapping> MAPPINGS =
      new ConcurrentSkipListMap<>();

  /** Says that no allocator has an address. */
  public static final int NOBODY = -1;

  private SlabRegistry() {}

  static void add(Segment segment) {
    SEGMENTS.put(segment.address >>> SEGMENT_SHIFT, segment);
  }

  static void remove(Segment segment) {
    SEGMENTS.remove(segment.address >>> SEGMENT_SHIFT);
  }

  static void addMapping(long start, long bytes, int owner) {
    MAPPINGS.put(start, new Mapping(start + bytes, owner));
  }

  static void removeMapping(long start) {
    MAPPINGS.remove(start);
  }

  static @Nullable Segment findSegment(long address) {
    return SEGMENTS.get(address >>> SEGMENT_SHIFT);
  }

  /** The slab that an address lies in, or null. */
  static @Nullable Slab findSlab(long address) {
    Segment segment = findSegment(address);
    return segment == null ? null : segment.slabOrNull(address);
  }

  /** Id of the allocator that has memory at an address, or {@link #NOBODY}. */
  public static int findOwner(long address) {
    Segment segment = findSegment(address);
    if (segment != null) {
      return segment.owner;
    }
    Map.Entry<Long, Mapping> mapping = MAPPINGS.floorEntry(address);
    return mapping != null && address < mapping.getValue().end ? mapping.getValue().owner : NOBODY;
  }

  /** Whether an address can be read: some allocator has memory there. */
  public static boolean findReadable(long address) {
    return findOwner(address) != NOBODY;
  }

  /** User address of the span or mapped block that an address lies in, 0 for none. */
  public static long findLarge(long address) {
    Segment segment = findSegment(address);
    if (segment != null) {
      return segment.spanAt(address);
    }
    Map.Entry<Long, Mapping> mapping = MAPPINGS.floorEntry(address);
    return mapping != null && address < mapping.getValue().end
        ? mapping.getKey() + io.hakmem.config.BlockLayout.PREFIX_BYTES
        : 0;
  }
}
