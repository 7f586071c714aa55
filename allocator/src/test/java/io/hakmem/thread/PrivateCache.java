package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;

/** A cache and blocks of one class in memory that nobody else knows. */
final class PrivateCache implements AutoCloseable {

  private static final int BLOCKS = 16;

  private final Arena arena = Arena.ofConfined();
  private final int sizeClass;
  private final long cache;
  private final long firstBase;

  PrivateCache(int sizeClass) {
    this.sizeClass = sizeClass;
    int stride = SizeClasses.stride(sizeClass);
    cache = arena.allocate(CacheLayout.BYTES + (BLOCKS + 1L) * stride, 64).address();
    RawMemory.putInt(cache + CacheLayout.PRIVATE, 1);
    CacheSlow.initialize(cache, 1);
    firstBase = cache + CacheLayout.BYTES + stride - HEADER_BYTES;
    for (int i = 0; i < BLOCKS; i++) {
      RawMemory.putByte(base(i), liveHeader());
    }
  }

  long cache() {
    return cache;
  }

  byte liveHeader() {
    return (byte) (LIVE_MAGIC | sizeClass);
  }

  long base(int block) {
    return firstBase + (long) block * SizeClasses.stride(sizeClass);
  }

  long head() {
    return RawMemory.getLong(CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD);
  }

  int allocatesLeft() {
    return RawMemory.getInt(CacheLayout.hot(cache, sizeClass) + CacheLayout.ALLOCATES_LEFT);
  }

  int freesLeft() {
    return RawMemory.getInt(CacheLayout.hot(cache, sizeClass) + CacheLayout.FREES_LEFT);
  }

  static long next(long base) {
    return RawMemory.getLong(base + HEADER_BYTES);
  }

  /** Books what was used and grants anew. */
  void grant(int allocates, int frees) {
    Accounts.settle(cache, sizeClass);
    Accounts.grant(cache, sizeClass, allocates, frees);
  }

  /** The bases on the list, at most as many as there are blocks. */
  List<Long> listed() {
    List<Long> bases = new ArrayList<>();
    for (long base = head(); base != 0 && bases.size() <= BLOCKS; base = next(base)) {
      bases.add(base);
    }
    return bases;
  }

  @Override
  public void close() {
    arena.close();
  }
}
