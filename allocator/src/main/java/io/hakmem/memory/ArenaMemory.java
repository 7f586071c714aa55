package io.hakmem.memory;

import java.lang.foreign.Arena;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The portable way: one shared arena of the JDK for each reservation. */
final class ArenaMemory extends OsMemory {

  private final ConcurrentMap<Long, Arena> arenas = new ConcurrentHashMap<>();

  @Override
  public boolean lazy() {
    return false;
  }

  @Override
  public long pageBytes() {
    return 4096;
  }

  @Override
  public boolean canDiscard() {
    return false;
  }

  @Override
  public void discard(long address, long bytes) {
    throw new UnsupportedOperationException("arenas of the JDK can't give parts back");
  }

  @Override
  long map(long bytes, long alignment) {
    Arena arena = Arena.ofShared();
    try {
      long address = arena.allocate(bytes, alignment).address();
      arenas.put(address, arena);
      return address;
    } catch (OutOfMemoryError e) {
      arena.close();
      throw refused(bytes, String.valueOf(e.getMessage()));
    }
  }

  @Override
  void unmap(long address, long bytes) {
    Arena arena = arenas.remove(address);
    if (arena == null) {
      throw new IllegalArgumentException(
          "0x" + Long.toHexString(address) + " is not the start of a reservation");
    }
    arena.close();
  }
}
