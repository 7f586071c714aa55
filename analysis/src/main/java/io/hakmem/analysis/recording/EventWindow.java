package io.hakmem.analysis.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * Steps through the events of a chunk, of which a few megabytes are in memory at a time. Not
 * thread-safe.
 */
final class EventWindow {

  private static final int WINDOW_BYTES = 4 << 20;

  /** Enough for the longest number, so that one at the very end stays inside of the array. */
  private static final int MARGIN = 16;

  /** Metadata and checkpoints may be larger; their types are 0 and 1. */
  private static final int LARGEST_EVENT = 256 << 20;

  private static final long CHECKPOINT = 1;
  private static final String TOO_LARGE = "an event of %d bytes";

  private final FileChannel channel;
  private final long end;
  private final ByteCursor cursor;
  private byte[] bytes;
  private long base;
  private int filled;
  private long next;
  private int size;

  /**
   * @param start offset of the first event in the file
   * @param end offset behind the last one
   */
  EventWindow(FileChannel channel, long start, long end, boolean compressed) {
    this(channel, start, end, compressed, WINDOW_BYTES);
  }

  /**
   * As above.
   *
   * @param most bytes to read at once, unless an event is larger
   */
  EventWindow(FileChannel channel, long start, long end, boolean compressed, int most) {
    this.bytes = new byte[Math.clamp(end - start, 0, most) + MARGIN];
    this.channel = channel;
    this.end = end;
    this.base = start;
    this.next = start;
    this.cursor = new ByteCursor(bytes, 0, compressed);
  }

  /**
   * Moves to the next event, the cursor behind its size.
   *
   * @return false at the end
   * @throws MalformedChunkException if what follows cannot be an event; {@link #offset} is there
   */
  boolean advance() throws IOException {
    if (next >= end) {
      return false;
    }
    int at = (int) (next - base);
    if (filled - at < MARGIN) {
      fill();
      at = 0;
    }
    cursor.moveTo(at);
    int length = cursor.readInt();
    if (length <= 0 || length > end - next || length > Integer.MAX_VALUE - 2 * MARGIN) {
      throw new MalformedChunkException(
          length <= 0 ? "an event of " + length + " bytes" : "an event ends behind the data");
    }
    if (length > filled - at) {
      int sizeBytes = cursor.position() - at;
      if (length > LARGEST_EVENT && cursor.readLong() > CHECKPOINT) {
        throw new MalformedChunkException(TOO_LARGE.formatted(length));
      }
      reserve(length);
      fill();
      cursor.moveTo(sizeBytes);
    }
    size = length;
    next += length;
    return true;
  }

  private void reserve(int length) {
    if (length > bytes.length - MARGIN) {
      bytes = array(length + MARGIN);
      cursor.moveTo(bytes, 0);
    }
  }

  /** A damaged length must not end the program: there may not be so much memory. */
  private static byte[] array(int size) {
    try {
      return new byte[size];
    } catch (OutOfMemoryError e) {
      throw new MalformedChunkException(TOO_LARGE.formatted(size));
    }
  }

  /** Reads on from the next event, which then stands at the window's start. */
  private void fill() throws IOException {
    base = next;
    int wanted = (int) Math.min(bytes.length - MARGIN, end - base);
    ByteBuffer target = ByteBuffer.wrap(bytes, 0, wanted);
    while (target.hasRemaining() && channel.read(target, base + target.position()) >= 0) {
      // A file that shrinks meanwhile leaves what was there before: an event of no sense.
    }
    filled = target.position();
  }

  ByteCursor cursor() {
    return cursor;
  }

  /** Where the current event ends in the cursor's bytes. */
  int eventEnd() {
    return (int) (next - base);
  }

  /** Offset in the file behind all events that were reached. */
  long offset() {
    return next;
  }

  /** A copy of the current event, at the same place in it. */
  ByteCursor copy() {
    int start = eventEnd() - size;
    byte[] copy = array(size);
    System.arraycopy(bytes, start, copy, 0, size);
    return new ByteCursor(copy, cursor.position() - start, cursor.compressed());
  }
}
