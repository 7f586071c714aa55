package io.hakmem;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public contract of {@link Arena} and {@link SegmentAllocator}. Every test runs against the
 * JDK's own arenas too, which are the oracle.
 */
class ArenaContractTest {

  private static final Allocator INSTANCE = new Allocator(AllocatorOptions.defaults());

  record Kind(String name, boolean isConfined, Supplier<Arena> factory) {

    Arena open() {
      return factory.get();
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Kind> all() {
    return List.of(
        new Kind("JDK confined", true, Arena::ofConfined),
        new Kind("JDK shared", false, Arena::ofShared),
        new Kind("Hakmem confined", true, HakmemArena::ofConfined),
        new Kind("Hakmem shared", false, HakmemArena::ofShared),
        new Kind("instance confined", true, () -> HakmemArena.ofConfined(INSTANCE)),
        new Kind("instance shared", false, () -> HakmemArena.ofShared(INSTANCE)));
  }

  /** Around every border: words, alignments, tiny, medium, spans, mappings. */
  private static final long[] SIZES = {
    0,
    1,
    7,
    8,
    9,
    15,
    16,
    17,
    63,
    64,
    65,
    1000,
    SizeClasses.MAX_TINY_BYTES - 16,
    SizeClasses.MAX_TINY_BYTES - 15,
    SizeClasses.MAX_TINY_BYTES,
    SizeClasses.MAX_TINY_BYTES + 1,
    5000,
    SizeClasses.MAX_CLASS_BYTES - 16,
    SizeClasses.MAX_CLASS_BYTES,
    SizeClasses.MAX_CLASS_BYTES + 1,
    1 << 20,
    (1 << 20) + 1,
    5_000_011
  };

  static Stream<Kind> confined() {
    return all().stream().filter(Kind::isConfined);
  }

  static Stream<Kind> shared() {
    return all().stream().filter(kind -> !kind.isConfined());
  }

  @ParameterizedTest
  @MethodSource("all")
  void segmentsAreZeroedAlsoWhenTheirMemoryWasUsedBefore(Kind kind) {
    for (int round = 0; round < 3; round++) {
      try (Arena arena = kind.open()) {
        for (long size : SIZES) {
          MemorySegment segment = arena.allocate(size);
          assertEquals(-1, segment.mismatch(MemorySegment.ofArray(new byte[(int) size])));
          segment.fill((byte) 0xEE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void boundsAreExact(Kind kind) {
    try (Arena arena = kind.open()) {
      for (long size : SIZES) {
        MemorySegment segment = arena.allocate(size);
        assertEquals(size, segment.byteSize());
        assertThrows(IndexOutOfBoundsException.class, () -> segment.get(JAVA_BYTE, size));
        assertThrows(IndexOutOfBoundsException.class, () -> segment.get(JAVA_BYTE, -1));
        if (size > 0) {
          segment.set(JAVA_BYTE, size - 1, (byte) 1);
          assertEquals(1, segment.get(JAVA_BYTE, size - 1));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void segmentsAreApart(Kind kind) {
    try (Arena arena = kind.open()) {
      List<MemorySegment> segments = new ArrayList<>();
      for (int i = 0; i < 500; i++) {
        MemorySegment segment = arena.allocate(i % 100 + 1, 1L << i % 8);
        segment.fill((byte) i);
        segments.add(segment);
      }
      for (int i = 0; i < segments.size(); i++) {
        byte[] expected = new byte[i % 100 + 1];
        java.util.Arrays.fill(expected, (byte) i);
        assertEquals(-1, segments.get(i).mismatch(MemorySegment.ofArray(expected)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyPowerOfTwoIsAnAlignment(Kind kind) {
    try (Arena arena = kind.open()) {
      for (long alignment = 1; alignment <= 1 << 22; alignment *= 2) {
        for (long size : new long[] {0, 1, 100, 3000}) {
          MemorySegment segment = arena.allocate(size, alignment);
          assertEquals(0, segment.address() % alignment);
          assertEquals(size, segment.byteSize());
          assertEquals(-1, segment.mismatch(MemorySegment.ofArray(new byte[(int) size])));
          segment.fill((byte) 0xEE);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void badArgumentsAreRefused(Kind kind) {
    try (Arena arena = kind.open()) {
      for (long size : new long[] {-1, -16, Long.MIN_VALUE}) {
        assertThrows(IllegalArgumentException.class, () -> arena.allocate(size));
        assertThrows(IllegalArgumentException.class, () -> arena.allocate(size, 8));
      }
      for (long alignment : new long[] {0, -1, -8, 3, 24, 1000, Long.MIN_VALUE}) {
        assertThrows(IllegalArgumentException.class, () -> arena.allocate(8, alignment));
        assertThrows(IllegalArgumentException.class, () -> arena.allocate(0, alignment));
      }
      assertThrows(
          IllegalArgumentException.class, () -> arena.allocate(JAVA_LONG, Long.MAX_VALUE / 4));
      assertThrows(IllegalArgumentException.class, () -> arena.allocate(JAVA_INT, -1));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatNoMachineHasIsOutOfMemoryAndHarmless(Kind kind) {
    try (Arena arena = kind.open()) {
      for (long size : new long[] {1L << 50, Long.MAX_VALUE - 100, Long.MAX_VALUE}) {
        assertThrows(OutOfMemoryError.class, () -> arena.allocate(size));
        assertThrows(OutOfMemoryError.class, () -> arena.allocate(size, 1 << 20));
      }
      assertThrows(OutOfMemoryError.class, () -> arena.allocate(8, 1L << 62));
      assertEquals(8, arena.allocate(8).byteSize());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void closingEndsTheSegments(Kind kind) {
    Arena arena = kind.open();
    MemorySegment segment = arena.allocate(100);
    MemorySegment slice = segment.asSlice(10, 20);
    ByteBuffer buffer = segment.asByteBuffer();
    MemorySegment.Scope scope = arena.scope();
    assertTrue(scope.isAlive());
    assertEquals(scope, segment.scope());

    arena.close();
    assertFalse(scope.isAlive());
    assertFalse(arena.scope().isAlive());
    assertFalse(segment.scope().isAlive());
    assertThrows(IllegalStateException.class, () -> segment.get(JAVA_BYTE, 0));
    assertThrows(IllegalStateException.class, () -> segment.set(JAVA_INT, 4, 1));
    assertThrows(IllegalStateException.class, () -> segment.fill((byte) 1));
    assertThrows(IllegalStateException.class, () -> slice.get(JAVA_BYTE, 0));
    assertThrows(IllegalStateException.class, () -> buffer.get(0));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingWorksAfterClosing(Kind kind) {
    Arena arena = kind.open();
    arena.allocate(8);
    arena.close();
    assertThrows(IllegalStateException.class, () -> arena.allocate(8));
    assertThrows(IllegalStateException.class, () -> arena.allocate(0));
    assertThrows(IllegalStateException.class, () -> arena.allocate(8, 4096));
    assertThrows(IllegalStateException.class, arena::close);
    assertThrows(IllegalArgumentException.class, () -> arena.allocate(-1));
  }

  @ParameterizedTest
  @MethodSource("all")
  void anArenaWithoutSegmentsCloses(Kind kind) {
    Arena arena = kind.open();
    arena.close();
    assertThrows(IllegalStateException.class, arena::close);
  }

  @ParameterizedTest
  @MethodSource("all")
  void sizeZeroGivesAnEmptySegment(Kind kind) {
    try (Arena arena = kind.open()) {
      MemorySegment segment = arena.allocate(0);
      assertEquals(0, segment.byteSize());
      assertNotEquals(0, segment.address());
      assertTrue(segment.isNative());
      assertFalse(segment.isReadOnly());
      assertEquals(0, arena.allocate(0, 4096).address() % 4096);
    }
  }

  @ParameterizedTest
  @MethodSource("confined")
  void aConfinedArenaRefusesOtherThreads(Kind kind) throws InterruptedException {
    try (Arena arena = kind.open()) {
      MemorySegment segment = arena.allocate(8);
      assertTrue(segment.isAccessibleBy(Thread.currentThread()));
      assertFalse(segment.isAccessibleBy(new Thread()));
      assertEquals("WrongThreadException", thrownElsewhere(() -> arena.allocate(8)));
      assertEquals("WrongThreadException", thrownElsewhere(arena::close));
      assertEquals("WrongThreadException", thrownElsewhere(() -> segment.get(JAVA_BYTE, 0)));
      assertEquals("IllegalArgumentException", thrownElsewhere(() -> arena.allocate(-8)));
      segment.set(JAVA_LONG, 0, 42);
    }
  }

  @ParameterizedTest
  @MethodSource("confined")
  void aClosedConfinedArenaStillRefusesOtherThreads(Kind kind) throws InterruptedException {
    Arena arena = kind.open();
    arena.close();
    assertEquals("WrongThreadException", thrownElsewhere(() -> arena.allocate(8)));
    assertEquals("WrongThreadException", thrownElsewhere(arena::close));
  }

  @ParameterizedTest
  @MethodSource("confined")
  void aVirtualThreadCanConfineAnArena(Kind kind) throws InterruptedException {
    AtomicReference<Object> result = new AtomicReference<>();
    Thread.ofVirtual()
        .start(
            () -> {
              try (Arena arena = kind.open()) {
                MemorySegment segment = arena.allocate(JAVA_INT);
                segment.set(JAVA_INT, 0, 1234);
                Thread.onSpinWait();
                result.set(segment.get(JAVA_INT, 0));
              }
            })
        .join();
    assertEquals(1234, result.get());
  }

  @ParameterizedTest
  @MethodSource("shared")
  void aSharedArenaServesAllThreads(Kind kind) throws InterruptedException {
    Arena arena = kind.open();
    MemorySegment segment = arena.allocate(8);
    assertTrue(segment.isAccessibleBy(new Thread()));
    assertEquals("nothing", thrownElsewhere(() -> segment.set(JAVA_LONG, 0, 42)));
    assertEquals(42, segment.get(JAVA_LONG, 0));
    assertEquals("nothing", thrownElsewhere(() -> arena.allocate(8).set(JAVA_LONG, 0, 43)));
    assertEquals("nothing", thrownElsewhere(arena::close));
    assertThrows(IllegalStateException.class, () -> segment.get(JAVA_LONG, 0));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theFactoriesOfTheJdkWorkOnTopOfIt(Kind kind) {
    try (Arena arena = kind.open()) {
      SegmentAllocator slicing = SegmentAllocator.slicingAllocator(arena.allocate(1000));
      MemorySegment first = slicing.allocate(JAVA_LONG);
      MemorySegment second = slicing.allocate(JAVA_LONG);
      assertEquals(first.address() + 8, second.address());
      assertThrows(IndexOutOfBoundsException.class, () -> slicing.allocate(1000));

      SegmentAllocator prefix = SegmentAllocator.prefixAllocator(arena.allocate(100, 8));
      assertEquals(prefix.allocate(16).address(), prefix.allocate(16).address());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void valuesArraysAndStringsAreCopied(Kind kind) {
    try (Arena arena = kind.open()) {
      assertEquals("grüße", arena.allocateFrom("grüße").getString(0));
      String text = "x".repeat(3000);
      assertEquals(
          text,
          arena
              .allocateFrom(text, StandardCharsets.UTF_16LE)
              .getString(0, StandardCharsets.UTF_16LE));
      assertEquals(0x1234_5678, arena.allocateFrom(JAVA_INT, 0x1234_5678).get(JAVA_INT, 0));
      int[] numbers = {1, 2, 3, 4, 5};
      MemorySegment copy = arena.allocateFrom(JAVA_INT, numbers);
      assertEquals(20, copy.byteSize());
      assertEquals(5, copy.getAtIndex(JAVA_INT, 4));

      MemoryLayout layout = MemoryLayout.structLayout(JAVA_LONG, JAVA_LONG).withByteAlignment(1024);
      MemorySegment struct = arena.allocate(layout);
      assertEquals(16, struct.byteSize());
      assertEquals(0, struct.address() % 1024);
      assertEquals(70, arena.allocate(ValueLayout.JAVA_SHORT, 35).byteSize());
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  @SuppressWarnings("restricted") // the segment is never accessed
  void cleanUpActionsRunAtClose(Kind kind) {
    List<Long> cleaned = new ArrayList<>();
    try (Arena arena = kind.open()) {
      MemorySegment other =
          MemorySegment.ofAddress(4096)
              .reinterpret(64, arena, segment -> cleaned.add(segment.address()));
      assertEquals(arena.scope(), other.scope());
      assertEquals(List.of(), cleaned);
    }
    assertEquals(List.of(4096L), cleaned);
  }

  /** The simple name of what an action throws on a thread of its own, or "nothing". */
  private static String thrownElsewhere(Runnable action) throws InterruptedException {
    StringBuilder thrown = new StringBuilder();
    Thread thread =
        new Thread(
            () -> {
              try {
                action.run();
                thrown.append("nothing");
              } catch (RuntimeException e) {
                thrown.append(e.getClass().getSimpleName());
              }
            });
    thread.start();
    thread.join();
    return thrown.toString();
  }
}
