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
  private static final int ONE_EVENT = 1 << 12;

  /** In a checkpoint's kind: the one that ends a flush or the chunk. */
  private static final int HEADER_KIND = 2;

  private final FileChannel channel;
  private final ChunkHeader header;
  private final int number;
  private final ChunkSink sink;
  private final boolean whole;
  private final List<Long> resumptions = new ArrayList<>();
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

  /** Which part of the chunk was of use, a phrase. */
  String readPart() {
    return resumptions.isEmpty()
        ? String.format(Locale.ROOT, "the chunk was read up to byte %,d", end)
        : "the chunk was read up to there and from the next checkpoint on";
  }

  void read() throws IOException {
    Catalog catalog = scan();
    if (!fault.isEmpty() && whole) {
      catalog = followHeader(catalog);
    } else if (!fault.isEmpty() || !whole) {
      end = Math.max(flushed, header.start());
    }
    try {
      Metadata metadata = catalog.metadata();
      Constants constants = catalog.constants(metadata, header.compressed());
      if (end > header.start()) {
        sink.begin(header, metadata.events(), constants);
        deliver();
      }
    } catch (MalformedChunkException | IndexOutOfBoundsException | NumberFormatException e) {
      noteFault(header.start(), String.valueOf(e.getMessage()));
      end = header.start();
    }
  }

  private EventWindow window(long start) {
    return new EventWindow(channel, start, end, header.compressed());
  }

  private long firstEvent() {
    return header.start() + ChunkHeader.BYTES;
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
    EventWindow window = window(firstEvent());
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
    } catch (MalformedChunkException | IndexOutOfBoundsException e) {
      noteFault(window.offset(), String.valueOf(e.getMessage()));
    }
    return catalog;
  }

  /**
   * Metadata and checkpoints by the way that the header points out, where damage bars the other. A
   * checkpoint is also a place where events go on behind the damage.
   */
  private Catalog followHeader(Catalog scanned) throws IOException {
    Catalog catalog = new Catalog();
    try {
      catalog.metadata = at(header.start() + header.metadata());
      long offset = header.start() + header.checkpoint();
      long distance = -1;
      long bytes = 0;
      while (distance < 0) {
        ByteCursor checkpoint = at(offset);
        bytes += checkpoint.bytes().length;
        if (bytes > header.length()) {
          throw new MalformedChunkException("checkpoints that overlap");
        }
        catalog.checkpoints.addFirst(checkpoint);
        resumptions.addFirst(offset);
        distance = Constants.distance(checkpoint);
        offset += distance;
      }
      return catalog;
    } catch (MalformedChunkException | IndexOutOfBoundsException e) {
      end = Math.max(flushed, header.start());
      resumptions.clear();
      return scanned;
    }
  }

  private ByteCursor at(long offset) throws IOException {
    EventWindow window = new EventWindow(channel, offset, end, header.compressed(), ONE_EVENT);
    if (offset < firstEvent() || !window.advance() || window.cursor().readLong() > CHECKPOINT) {
      throw new MalformedChunkException("no checkpoint at byte " + offset);
    }
    return window.copy();
  }

  private void deliver() throws IOException {
    long start = firstEvent();
    while (start < end) {
      long reached = deliver(start);
      start = resumptions.stream().filter(offset -> offset > reached).findFirst().orElse(end);
    }
    sink.progress(end);
  }

  /** Delivers events up to the end, or up to one that makes no sense; how far it came. */
  private long deliver(long start) throws IOException {
    EventWindow window = window(start);
    ByteCursor cursor = window.cursor();
    long shown = start;
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
    return window.offset();
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
