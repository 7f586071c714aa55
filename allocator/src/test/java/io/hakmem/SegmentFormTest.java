package io.hakmem;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SegmentFormTest {

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 15, 16, 1009, 1087, 1088, 4099, 1_000_003})
  void hasExactlyTheSizeThatWasAskedFor(long size) {
    MemorySegment segment = Hakmem.allocateSegment(size);
    assertTrue(segment.isNative());
    assertEquals(size, segment.byteSize());
    assertEquals(0, segment.address() % 16);
    assertThrows(IndexOutOfBoundsException.class, () -> segment.get(JAVA_BYTE, size));
    assertThrows(IndexOutOfBoundsException.class, () -> segment.set(JAVA_BYTE, -1, (byte) 1));
    segment.fill((byte) 7);
    assertEquals(-1, segment.mismatch(segment.asReadOnly()));
    Hakmem.free(segment);
  }

  @Test
  void isReadableByOtherThreads() {
    MemorySegment segment = Hakmem.allocateSegment(64);
    segment.set(JAVA_LONG, 56, 0x123456789ABCDEFL);
    long read = CompletableFuture.supplyAsync(() -> segment.get(JAVA_LONG, 56)).join();
    assertEquals(0x123456789ABCDEFL, read);
    Hakmem.free(segment);
  }

  @Test
  void freesTheBlockThatItStartsAt() {
    int sizeClass = Sizes.classOf(331);
    long inUse = Hakmem.counters(sizeClass).inUse();
    MemorySegment segment = Hakmem.allocateSegment(331);
    assertEquals(inUse + 1, Hakmem.counters(sizeClass).inUse());
    Hakmem.free(segment.asSlice(0, 3));
    assertEquals(inUse, Hakmem.counters(sizeClass).inUse());
  }

  @Test
  void ofTheHeapIsRefused() {
    MemorySegment heap = MemorySegment.ofArray(new byte[32]);
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> Hakmem.free(heap));
    assertTrue(String.valueOf(thrown.getMessage()).contains("native"), thrown::getMessage);
  }

  @Test
  void ofNullIsNothingToFree() {
    Hakmem.free(MemorySegment.NULL);
  }
}
