package io.hakmem.analysis.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * Reads a recording chunk by chunk with a decoder of our own: several times faster than the JDK's,
 * which makes an object of every event and value, and able to deliver the readable part of a file
 * that was cut off anywhere.
 */
public final class ChunkFile {

  private static final byte[] MAGIC = {'F', 'L', 'R', 0};
  private static final String EXPECTED = "expected a JFR recording (.jfr)";

  private final Path file;
  private final ChunkSink sink;
  private long events;
  private String damage = "";

  private ChunkFile(Path file, ChunkSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /**
   * Reads the whole file. Damage ends a chunk, not the file: what follows is read where its place
   * is known.
   *
   * @throws RecordingException if nothing at all can be read
   */
  public static RecordingReader.Outcome read(Path file, ChunkSink sink) throws RecordingException {
    return new ChunkFile(file, sink).read();
  }

  private RecordingReader.Outcome read() throws RecordingException {
    long bytes;
    try {
      check(file);
      try (FileChannel channel = FileChannel.open(file)) {
        bytes = channel.size();
        readChunks(channel, bytes);
      }
    } catch (IOException e) {
      throw new RecordingException(file, "cannot be read (" + e.getMessage() + ")", e);
    }
    if (events == 0 && !damage.isEmpty()) {
      throw new RecordingException(file, damage + "; " + EXPECTED + " that was closed properly");
    }
    return new RecordingReader.Outcome(file, bytes, events, damage);
  }

  private void readChunks(FileChannel channel, long size) throws IOException {
    long start = 0;
    ChunkHeader clock = null;
    for (int number = 1; start < size; number++) {
      ByteBuffer bytes = ChunkHeader.bytes(channel, start);
      String fault = headerFault(bytes, start, number);
      if (!fault.isEmpty()) {
        note(fault);
        return;
      }
      ChunkHeader header = ChunkHeader.parse(bytes, start);
      header = clock == null ? header : header.withClockOf(clock);
      clock = header;
      long rest = size - start;
      String shortage = shortage(header, rest, number);
      long end = shortage.isEmpty() ? start + header.length() : size;
      ChunkReader chunk = new ChunkReader(channel, header, end, shortage.isEmpty(), number, sink);
      chunk.read();
      events += chunk.events();
      String problem = shortage.isEmpty() ? chunk.fault() : shortage;
      note(problem.isEmpty() ? "" : problem + "; " + chunk.readPart());
      start = end;
    }
  }

  private static String headerFault(ByteBuffer bytes, long start, int number) {
    if (bytes.hasRemaining()) {
      return String.format(
          Locale.ROOT, "is cut off at byte %,d, inside the header of chunk %d", start, number);
    }
    if (bytes.getInt(0) != ChunkHeader.MAGIC) {
      return String.format(
          Locale.ROOT,
          "is damaged at byte %,d: chunk %d does not start with \"FLR\"",
          start,
          number);
    }
    int major = bytes.getShort(4);
    if (major != 1 && major != 2) {
      return "has version " + major + " of the format; versions 1 and 2 can be read";
    }
    return "";
  }

  private static String shortage(ChunkHeader header, long rest, int number) {
    if (header.length() < ChunkHeader.BYTES) {
      return "is not finished: chunk " + number + " is still open";
    }
    return header.length() > rest
        ? String.format(
            Locale.ROOT,
            "is cut off: chunk %d has %,d of its %,d bytes, the file ends at byte %,d",
            number,
            rest,
            header.length(),
            header.start() + rest)
        : "";
  }

  private void note(String fault) {
    if (damage.isEmpty()) {
      damage = fault;
    }
  }

  private static void check(Path file) throws RecordingException, IOException {
    if (!Files.exists(file)) {
      throw new RecordingException(file, "no such file; " + EXPECTED);
    }
    if (Files.isDirectory(file)) {
      throw new RecordingException(file, "is a folder; " + EXPECTED);
    }
    byte[] start = start(file);
    if (start.length == 0) {
      throw new RecordingException(file, "is empty; " + EXPECTED);
    }
    if (!Arrays.equals(start, MAGIC)) {
      throw new RecordingException(
          file, "is no JFR recording, it does not start with \"FLR\"; " + EXPECTED);
    }
  }

  private static byte[] start(Path file) throws RecordingException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(MAGIC.length);
    } catch (AccessDeniedException e) {
      throw new RecordingException(file, "cannot be read: no permission", e);
    }
  }
}
