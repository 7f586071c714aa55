package io.hakmem.analysis.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Turns the packets of one stream, in their order, into operations. The encoding is described in
 * the allocator's {@code docs/operation-trace.md}.
 */
final class StreamDecoder {

  private static final int VERSION = 2;

  private static final int SPECIAL = 0xC0;
  private static final int STAMP = 0xC0;
  private static final int LONG_STAMP = 0xC1;
  private static final int ADDRESS = 0xC2;
  private static final int SWITCH = 0xC3;
  private static final int LARGE_ALLOCATE = 0xC4;
  private static final int LARGE_FREE = 0xC5;
  private static final int ALIGN = 0xC6;

  private static final int FREE = 0x20;
  private static final int CLASS = 0x1F;
  private static final int ADDRESS_BYTES = 6;
  private static final int STRIDE_UNIT = 16;

  private final long stream;
  private final long begin;
  private final Consumer<Operation> sink;

  /** The latest operation: what follows may still say that it was an aligned one. */
  private @Nullable Operation held;

  /** Operations since the latest reading of the clock. */
  private final List<Operation> untimed = new ArrayList<>();

  private byte[] data = {};
  private int at;
  private int[] strides = {};
  private long[] last = {};
  private long thread;
  private long time;
  private long latest = Long.MIN_VALUE;
  private long number;
  private long fresh;

  /**
   * @param begin number of the first operation that is wanted
   */
  StreamDecoder(long stream, long begin, Consumer<Operation> sink) {
    this.stream = stream;
    this.begin = begin;
    this.sink = sink;
  }

  /**
   * @throws TraceException at data that are damaged, or of a version that is not known
   */
  void decode(Packet packet) throws TraceException {
    checkVersion(packet.version());
    packet.verify();
    data = packet.data();
    at = 0;
    readLayout();
    thread = packet.thread();
    time = packet.startTime();
    number = packet.first();
    fresh = Math.max(begin, packet.fresh());
    try {
      readRecords();
    } finally {
      timed(time);
    }
    if (number != packet.end()) {
      throw new TraceException(
          "%d operations instead of %d".formatted(number - packet.first(), packet.operations()));
    }
  }

  /** Hands over the last operation. */
  void end() {
    deliver(null);
  }

  private void readRecords() throws TraceException {
    while (at < data.length) {
      int head = read(1);
      if (head < SPECIAL) {
        readOperation(head);
      } else {
        readSpecial(head);
      }
    }
  }

  private static void checkVersion(int version) throws TraceException {
    if (version != VERSION) {
      throw new TraceException(
          "version %d of the encoding is not known, only %d".formatted(version, VERSION));
    }
  }

  private void readLayout() throws TraceException {
    checkVersion(read(1));
    strides = new int[read(1)];
    for (int sizeClass = 0; sizeClass < strides.length; sizeClass++) {
      strides[sizeClass] = read(2) * STRIDE_UNIT;
    }
    last = new long[strides.length];
  }

  private void readOperation(int head) throws TraceException {
    int sizeClass = head & CLASS;
    boolean allocate = (head & FREE) == 0;
    long payload = readLong(2 + (head >> 6));
    if (sizeClass >= strides.length) {
      throw new TraceException("there is no size class " + sizeClass);
    }
    int slackBits = allocate ? slackBits(sizeClass) : 0;
    long slack = payload & ((1L << slackBits) - 1);
    long distance = payload >>> slackBits;
    last[sizeClass] += ((distance >>> 1) ^ -(distance & 1)) * STRIDE_UNIT;
    long size = allocate ? strides[sizeClass] - 1 - slack : -1;
    add(allocate, last[sizeClass], size, sizeClass);
  }

  private int slackBits(int sizeClass) {
    int smaller = sizeClass == 0 ? 0 : strides[sizeClass - 1];
    return Integer.SIZE - Integer.numberOfLeadingZeros(strides[sizeClass] - smaller - 1);
  }

  private void readSpecial(int head) throws TraceException {
    switch (head) {
      case STAMP -> timed(time + readLong(3));
      case LONG_STAMP -> timed(time + readLong(Long.BYTES));
      case ADDRESS -> {
        int sizeClass = read(1);
        last[sizeClass] = readLong(ADDRESS_BYTES);
      }
      case SWITCH -> thread = readLong(Long.BYTES);
      case LARGE_ALLOCATE -> {
        long address = readLong(ADDRESS_BYTES);
        add(true, address, readLong(ADDRESS_BYTES), -1);
      }
      case LARGE_FREE -> add(false, readLong(ADDRESS_BYTES), -1, -1);
      case ALIGN -> {
        long block = readLong(ADDRESS_BYTES);
        long offset = readLong(ADDRESS_BYTES);
        align(block, offset, 1L << read(1));
      }
      default -> throw new TraceException("there is no record 0x%02x".formatted(head));
    }
  }

  private void add(boolean allocate, long address, long size, int sizeClass) {
    if (number >= fresh) {
      long alignment = allocate ? Operation.BLOCK_ALIGNMENT : 0;
      untimed.add(
          new Operation(
              stream, number, thread, time, allocate, address, size, sizeClass, alignment,
              address));
    }
    number++;
  }

  private void align(long block, long offset, long alignment) throws TraceException {
    if (!untimed.isEmpty()) {
      Operation latest = untimed.removeLast();
      untimed.add(aligned(latest, block, offset, alignment));
    } else if (held != null && held.number() == number - 1) {
      held = aligned(held, block, offset, alignment);
    }
  }

  private static Operation aligned(Operation latest, long block, long offset, long alignment)
      throws TraceException {
    if (latest.block() != block) {
      throw new TraceException(
          "0x%x is aligned, but 0x%x came before".formatted(block, latest.block()));
    }
    return latest.isAligned() ? latest : latest.aligned(offset, alignment);
  }

  /** The clock was read: spreads what came before evenly. */
  private void timed(long now) {
    for (int i = 0; i < untimed.size(); i++) {
      deliver(untimed.get(i).at(time + (now - time) * (i + 1) / untimed.size()));
    }
    untimed.clear();
    time = now;
  }

  private void deliver(@Nullable Operation next) {
    if (held != null) {
      sink.accept(held);
    }
    // Each event tells the time by its own reading of two clocks; none goes back.
    latest = next == null ? latest : Math.max(latest, next.time());
    held = next == null ? null : next.at(latest);
  }

  private int read(int bytes) throws TraceException {
    return (int) readLong(bytes);
  }

  private long readLong(int bytes) throws TraceException {
    if (at + bytes > data.length) {
      throw new TraceException("the data end in the middle of a record");
    }
    long value = 0;
    for (int i = 0; i < bytes; i++) {
      value |= (data[at++] & 0xFFL) << (Byte.SIZE * i);
    }
    return value;
  }
}
