package io.hakmem.benchmarks.model;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/** What the model knows of something live, which any thread may verify and free. */
sealed interface Holding {

  /** Index of the allocator that it belongs to. */
  int owner();

  /** Bytes that the allocator had to serve. */
  long bytes();

  /** Says what is wrong with the content, or gives an empty string. */
  String verify();

  /** How a block goes back; blocks of segments and buffers have one way only. */
  @FunctionalInterface
  interface Return {
    void to(Api api);
  }

  /**
   * A block.
   *
   * @param bytes that the size class had to serve: the size, and what its alignment takes
   * @param plain whether it goes back by its address, in one of several ways
   */
  record Block(
      int owner, long address, long size, long bytes, long cookie, boolean plain, Return back)
      implements Holding {

    static Block plain(int owner, long address, long size, long bytes, long cookie) {
      return new Block(owner, address, size, bytes, cookie, true, api -> api.free(address));
    }

    @Override
    public String verify() {
      String damage = Content.verify(address, size, cookie);
      return damage.isEmpty() ? "" : "block of %d bytes %s".formatted(size, damage);
    }
  }

  /** A shared arena with segments whose cookies are their addresses. */
  record OpenArena(int owner, Arena arena, List<MemorySegment> segments, List<Long> served)
      implements Holding {

    static OpenArena of(int owner, Arena arena) {
      return new OpenArena(owner, arena, new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public long bytes() {
      return served.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public String verify() {
      for (MemorySegment segment : segments) {
        String damage = Content.verify(segment.address(), segment.byteSize(), segment.address());
        if (!damage.isEmpty()) {
          return "arena's segment of %d bytes %s".formatted(segment.byteSize(), damage);
        }
      }
      return "";
    }
  }
}
