package io.hakmem.analysis.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The outer shape of a recording: chunks one behind the other, each with its length in its header.
 * Enough to tell a file that was cut off from one that is damaged, which the parser does not.
 */
final class Chunks {

  private static final int MAGIC = 'F' << 24 | 'L' << 16 | 'R' << 8;
  private static final int HEADER_BYTES = 68;
  private static final int LENGTH_OFFSET = 8;

  private Chunks() {}

  /**
   * How far the chain of chunks is sound.
   *
   * @param wholeBytes length of the chunks that are there in full
   * @param fault what is wrong behind them, a phrase; empty where they end with the file
   */
  record Scan(long wholeBytes, String fault) {}

  static Scan scan(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      long size = channel.size();
      long start = 0;
      for (int chunk = 1; start < size; chunk++) {
        String fault = fault(channel, start, size - start, chunk);
        if (!fault.isEmpty()) {
          return new Scan(start, fault);
        }
        start += length(channel, start);
      }
      return new Scan(size, "");
    }
  }

  private static String fault(FileChannel channel, long start, long rest, int chunk)
      throws IOException {
    if (rest < HEADER_BYTES) {
      return "is cut off inside the header of chunk " + chunk;
    }
    if (read(channel, start).getInt(0) != MAGIC) {
      return "is damaged: chunk " + chunk + " does not start with \"FLR\"";
    }
    long length = length(channel, start);
    if (length < HEADER_BYTES) {
      return "is not finished: chunk " + chunk + " is still open";
    }
    return length > rest
        ? String.format(
            Locale.ROOT, "is cut off: chunk %d has %,d of its %,d bytes", chunk, rest, length)
        : "";
  }

  private static long length(FileChannel channel, long start) throws IOException {
    return read(channel, start).getLong(LENGTH_OFFSET);
  }

  private static ByteBuffer read(FileChannel channel, long start) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
    int read = 0;
    while (header.hasRemaining() && read >= 0) {
      read = channel.read(header, start + header.position());
    }
    return header;
  }
}
