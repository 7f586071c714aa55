package io.hakmem.benchmarks.peer;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The JDK's arena of one thread, one for each block: closing it frees. Its blocks come zeroed,
 * which nobody else's do.
 */
final class ConfinedArenaPeer extends ObjectPeer<ConfinedArenaPeer.Block> {

  /** What closing needs, and what writing needs. */
  record Block(Arena arena, MemorySegment segment) {}

  @Override
  protected Block allocate(int size) {
    Arena arena = Arena.ofConfined();
    return new Block(arena, arena.allocate(size));
  }

  @Override
  protected void write(Block block, byte first) {
    block.segment.set(JAVA_BYTE, 0, first);
  }

  @Override
  protected void free(Block block) {
    block.arena.close();
  }

  @Override
  public boolean handsOver() {
    return false;
  }
}
