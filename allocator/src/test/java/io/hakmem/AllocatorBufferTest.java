package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buffers as {@link ByteBuffer#allocateDirect} makes them, but freed by hand. */
class AllocatorBufferTest {

  private final Allocator allocator = new Allocator(AllocatorOptions.defaults());

  @AfterEach
  void close() {
    allocator.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 100, 5000, 3_000_000})
  void aBufferIsLikeOneOfTheJdk(int capacity) {
    allocator.free(dirty(capacity));
    ByteBuffer buffer = allocator.allocateBuffer(capacity);
    ByteBuffer expected = ByteBuffer.allocateDirect(capacity);
    assertEquals(expected, buffer);
    assertTrue(buffer.isDirect());
    assertFalse(buffer.isReadOnly());
    assertSame(ByteOrder.BIG_ENDIAN, buffer.order());
    assertEquals(capacity, buffer.capacity());
    assertEquals(capacity, buffer.limit());
    assertEquals(0, buffer.position());
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.put(capacity, (byte) 1));
    allocator.free(buffer);
    assertEquals(0, allocator.statistics().inUse());
  }

  private ByteBuffer dirty(int capacity) {
    ByteBuffer buffer = allocator.allocateBuffer(capacity);
    while (buffer.hasRemaining()) {
      buffer.put((byte) -1);
    }
    return buffer;
  }

  @Test
  void everyViewThatStartsAtTheFirstByteFreesIt() {
    ByteBuffer moved = allocator.allocateBuffer(100).position(40).limit(70);
    allocator.free(moved);
    assertEquals(40, moved.position());
    allocator.free(allocator.allocateBuffer(100).slice(0, 10));
    allocator.free(allocator.allocateBuffer(100).position(5).duplicate());
    allocator.free(allocator.allocateBuffer(100).asReadOnlyBuffer());
    allocator.free(allocator.allocateBuffer(100).order(ByteOrder.LITTLE_ENDIAN));
    assertEquals(0, allocator.statistics().inUse());
  }

  @Test
  void buffersOfTheHeapAndBadSizesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> allocator.free(ByteBuffer.allocate(10)));
    assertThrows(IllegalArgumentException.class, () -> allocator.allocateBuffer(-1));
  }

  @Test
  void theProcessHasThemToo() {
    ByteBuffer buffer = Hakmem.allocateBuffer(16);
    buffer.putLong(0, 42);
    assertEquals(42, buffer.getLong(0));
    Hakmem.free(buffer);
  }
}
