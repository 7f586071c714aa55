package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A program that makes and closes allocators for ever keeps a bounded number of their ids. */
class ClosedTest {

  @Test
  void onlyTheLastIdsAreKept() {
    // Negative, since no allocator has such an id.
    for (int id = 1; id <= Closed.MAX_KNOWN + 10; id++) {
      Closed.add(-id);
    }
    assertFalse(Closed.contains(-1));
    assertFalse(Closed.contains(-10));
    assertTrue(Closed.contains(-11));
    assertTrue(Closed.contains(-Closed.MAX_KNOWN - 10));
  }
}
