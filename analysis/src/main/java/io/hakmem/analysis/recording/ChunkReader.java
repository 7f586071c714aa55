package io.hakmem.analysis.recording;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads one chunk in two passes: metadata and constants, which may stand behind the events that
 * need them, then the events. Of a chunk that was cut off or damaged it delivers what a flush of
 * the JVM, one a second, has completed: the events behind that refer to constants that are lost.
 */
final class ChunkReader {

  private static final long METADATA = 0;
  private static final long CHECKPOINT = 1;
  private static final long PROGRESS_BYTES = 1 << 20;

  /** In a checkpoint's kind: the one that ends a flush or the chunk. */
  private static final int HEADER_KIND = 2;

  private final FileChannel channel;
  private final ChunkHeader header;
  private final int number;
  private final ChunkSink sink;
  private final boolean whole;
  private long end;
  private long flushed;
  private long events;
  private String fault = "";

  /**
   * @param end offset in the file behind the chunk's last byte that is there
   * @param whole whether those are all
   * @param number of the chunk, from 1
   */
  ChunkReader(
      FileChannel channel,
      ChunkHeader header,
      long end,
      boolean whole,
      int number,
      ChunkSink sink) {
    this.whole = whole;
    this.channel = channel;
    this.header = header;
    this.end = end;
    this.number = number;
    this.sink = sink;
  }

  /** Events that were delivered. */
  long events() {
    return events;
  }

  /** What is wrong with the chunk, a phrase; empty for a sound one. */
  String fault() {
    return fault;
  }

  /** Offset in the file behind the last byte that was of use. */
  long end() {
    return end;
  }

  void read() throws IOException {
    Constants constants = null;
    Metadata metadata = null;
    try {
      Catalog catalog = scan();
      metadata = catalog.metadata();
      constants = catalog.constants(metadata, header.compressed());
    } catch (MalformedChunkException | IndexOutOfBoundsException | NumberFormatException e) {
      noteFault(header.start(), String.valueOf(e.getMessage()));
    }
    if (!whole || !fault.isEmpty()) {
      end = Math.max(flushed, header.start());
    }
    if (metadata != null && constants != null && end > header.start()) {
      sink.begin(header, metadata.events(), constants);
      deliver();
    }
  }

  private EventWindow window() {
    return new EventWindow(channel, header.start() + ChunkHeader.BYTES, end, header.compressed());
  }

  /** Copies of the events that describe others. */
  private static final class Catalog {

    private @Nullable ByteCursor metadata;
    private final List<ByteCursor> checkpoints = new ArrayList<>();

    Metadata metadata() {
      ByteCursor last = metadata;
      if (last == null) {
        throw new MalformedChunkException("without metadata");
      }
      return Metadata.parse(last);
    }

    Constants constants(Metadata types, boolean compressed) {
      Constants constants = new Constants(types, compressed);
      checkpoints.forEach(constants::add);
      return constants;
    }
  }

  private Catalog scan() throws IOException {
    Catalog catalog = new Catalog();
    EventWindow window = window();
    try {
      while (window.advance()) {
        long type = window.cursor().readLong();
        if (type == METADATA) {
          catalog.metadata = window.copy();
        } else if (type == CHECKPOINT) {
          ByteCursor checkpoint = window.copy();
          catalog.checkpoints.add(checkpoint);
          if ((Constants.kind(checkpoint) & HEADER_KIND) != 0) {
            flushed = window.offset();
          }
        }
      }
    } catch (MalformedChunkException e) {
      noteFault(window.offset(), String.valueOf(e.getMessage()));
    }
    return catalog;
  }

  private void deliver() throws IOException {
    EventWindow window = window();
    ByteCursor cursor = window.cursor();
    long shown = window.offset();
    while (advance(window)) {
      long type = cursor.readLong();
      if (type != METADATA && type != CHECKPOINT) {
        deliver(type, window);
      }
      if (window.offset() - shown > PROGRESS_BYTES) {
        shown = window.offset();
        sink.progress(shown);
      }
    }
    sink.progress(window.offset());
  }

  /** What stops the second pass stopped the first one, which noted it. */
  private static boolean advance(EventWindow window) throws IOException {
    try {
      return window.advance();
    } catch (MalformedChunkException e) {
      return false;
    }
  }

  private void deliver(long type, EventWindow window) {
    try {
      if (sink.event(type, window.cursor(), window.eventEnd())) {
        events++;
      }
    } catch (MalformedChunkException | IndexOutOfBoundsException e) {
      sink.undo();
      noteFault(window.offset(), String.valueOf(e.getMessage()));
    }
  }

  /** The first fault says where it all began. */
  private void noteFault(long offset, String what) {
    if (fault.isEmpty()) {
      fault =
          String.format(
              Locale.ROOT, "is damaged at byte %,d, in chunk %d: %s", offset, number, what);
    }
  }
}
