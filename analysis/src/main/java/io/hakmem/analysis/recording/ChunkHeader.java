package io.hakmem.analysis.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The first 68 bytes of a chunk.
 *
 * @param start the chunk's offset in the file
 * @param length the chunk's bytes, its header too; 0 while it is still being written
 * @param checkpoint offset in the chunk of its last checkpoint
 * @param metadata offset in the chunk of its metadata
 * @param compressed whether numbers are written as LEB128
 */
public record ChunkHeader(
    long start,
    long length,
    int major,
    long checkpoint,
    long metadata,
    long startNanos,
    long startTicks,
    long ticksPerSecond,
    boolean compressed) {

  static final int BYTES = 68;
  static final int MAGIC = 'F' << 24 | 'L' << 16 | 'R' << 8;

  private static final double NANOS = 1e9;
  private static final long SAME_CLOCK_NANOS = 60_000_000_000L;

  static ChunkHeader parse(ByteBuffer bytes, long start) {
    return new ChunkHeader(
        start,
        bytes.getLong(8),
        bytes.getShort(4),
        bytes.getLong(16),
        bytes.getLong(24),
        bytes.getLong(32),
        bytes.getLong(48),
        bytes.getLong(56),
        (bytes.getInt(64) & 1) != 0);
  }

  /** Reads as much of the header as there is. */
  static ByteBuffer bytes(FileChannel channel, long start) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(BYTES);
    int read = 0;
    while (header.hasRemaining() && read >= 0) {
      read = channel.read(header, start + header.position());
    }
    return header;
  }

  /**
   * This header with the clock of an earlier chunk where both run from the same ticks, as the JDK's
   * reader does it: each chunk reads the two clocks anew, some nanoseconds apart, and times of one
   * file should have one scale. Files of different machines may stand behind each other; then each
   * keeps its own.
   */
  ChunkHeader withClockOf(ChunkHeader earlier) {
    boolean same =
        ticksPerSecond == earlier.ticksPerSecond
            && Math.abs(earlier.nanosAt(startTicks) - startNanos) < SAME_CLOCK_NANOS;
    return same
        ? new ChunkHeader(
            start,
            length,
            major,
            checkpoint,
            metadata,
            earlier.startNanos,
            earlier.startTicks,
            ticksPerSecond,
            compressed)
        : this;
  }

  /** Nanoseconds since 1970 of a point in ticks. */
  public long nanosAt(long ticks) {
    return startNanos + nanosOf(ticks - startTicks);
  }

  /** Nanoseconds of a span in ticks. */
  public long nanosOf(long ticks) {
    return (long) (ticks / (ticksPerSecond / NANOS));
  }
}
