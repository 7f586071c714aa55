package io.hakmem.benchmarks.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomModelTest {

  @Test
  void agrees() throws InterruptedException {
    long seed = System.nanoTime();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int code = RandomModel.run(200_000, 4, seed, new PrintStream(out, true, UTF_8));
    assertEquals(0, code, () -> "seed " + seed + ": " + out.toString(UTF_8));
    assertEquals(
        "200000 operations, 0 mismatches, counters reconcile", out.toString(UTF_8).strip());
  }

  @Test
  void fewerOperationsThanThreadsAreDoneToo() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertEquals(0, RandomModel.run(3, 2, 1, new PrintStream(out, true, UTF_8)), out::toString);
  }

  /** A byte of any place, changed behind the model's back, is found when the block goes. */
  @Test
  void aDamagedBlockIsFound() {
    Findings findings = new Findings();
    Worker worker =
        new Worker(
            0,
            0,
            new SplittableRandom(1),
            List.of(new Api.OfProcess()),
            new AtomicReferenceArray<>(1),
            findings);
    long block = Hakmem.allocate(100);
    Content.write(block, 100, 5);
    RawMemory.putByte(block + 57, (byte) (RawMemory.getByte(block + 57) + 1));
    worker.free(Holding.Block.plain(0, block, 100, 100, 5));
    assertEquals(1, findings.count());
    assertTrue(findings.first().contains("block of 100 bytes at 0x"), findings.first());
    assertEquals(0, worker.tally(0).frees(6), "what is damaged is not freed");
    Hakmem.free(block);
  }

  @Test
  void anAllocationThatTheModelDoesNotKnowDoesNotReconcile() {
    Books books = Books.open(new Api.OfProcess());
    long block = Hakmem.allocate(100);
    Findings leaked = new Findings();
    books.reconcile(new Tally(), leaked);
    assertTrue(leaked.first().startsWith("bytes in use: expected "), leaked.first());

    Hakmem.free(block);
    Findings uncounted = new Findings();
    books.reconcile(new Tally(), uncounted);
    assertEquals("C6 allocations: expected 0, found 1", uncounted.first());
    assertEquals(4, uncounted.count(), "allocations, frees, and both with their fallbacks");

    Tally tally = new Tally();
    tally.allocated(100);
    tally.freed(100);
    Findings none = new Findings();
    books.reconcile(tally, none);
    assertEquals("", none.first());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 8, 64, 1001, 1024, 1025, 5003})
  void contentIsSeenAtTheEdges(int bytes) {
    long block = Hakmem.allocate(bytes);
    try {
      Content.write(block, bytes, 99);
      assertEquals("", Content.verify(block, bytes, 99));
      assertNotEquals("", Content.verify(block, bytes, 98));
      for (int kept = 0; kept <= bytes; kept += 1 + bytes / 50) {
        assertEquals("", Content.verifyKept(block, bytes, kept, 99));
      }
      for (int offset :
          new int[] {0, Math.min(63, bytes - 1), bytes - 1, Math.max(0, bytes - 64)}) {
        byte right = RawMemory.getByte(block + offset);
        RawMemory.putByte(block + offset, (byte) ~right);
        assertTrue(Content.verify(block, bytes, 99).startsWith("at 0x"), "offset " + offset);
        RawMemory.putByte(block + offset, right);
      }
    } finally {
      Hakmem.free(block);
    }
  }

  @Test
  void zerosAreSeenAtTheEdges() {
    for (int bytes : new int[] {1, 1024, 3000}) {
      long block = Hakmem.allocateZeroed(bytes);
      assertEquals("", Content.verifyZero(block, bytes));
      RawMemory.putByte(block + bytes - 1, (byte) 1);
      assertNotEquals("", Content.verifyZero(block, bytes));
      Hakmem.free(block);
    }
  }
}
