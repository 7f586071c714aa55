package io.hakmem.analysis.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** Streams one recording into a sink, and says exactly what is wrong with a file that cannot. */
public final class RecordingReader {

  private static final byte[] MAGIC = {'F', 'L', 'R', 0};
  private static final String EXPECTED = "expected a JFR recording (.jfr)";

  private final Path file;
  private final EventSink sink;
  private long events;
  private String damage = "";

  private RecordingReader(Path file, EventSink sink) {
    this.file = file;
    this.sink = sink;
  }

  /**
   * What could be read of one file.
   *
   * @param bytes size of the file
   * @param events events delivered to the sink
   * @param damage why the rest is missing, a phrase; empty for a whole file
   */
  public record Outcome(Path file, long bytes, long events, String damage) {

    /** Whether a part of the file could not be read. */
    public boolean damaged() {
      return !damage.isEmpty();
    }
  }

  /**
   * Reads the whole file; at damage in the middle it stops and reports what it had.
   *
   * @throws RecordingException if nothing at all can be read
   */
  public static Outcome read(Path file, EventSink sink) throws RecordingException {
    return new RecordingReader(file, sink).read();
  }

  private Outcome read() throws RecordingException {
    try {
      long bytes = check();
      Chunks.Scan scan = Chunks.scan(file);
      damage = scan.fault();
      if (damage.isEmpty()) {
        parse(file);
      } else if (scan.wholeBytes() > 0) {
        parseStart(scan.wholeBytes());
      }
      if (events == 0 && !damage.isEmpty()) {
        throw new RecordingException(file, damage + "; " + EXPECTED + " that was closed properly");
      }
      return new Outcome(file, bytes, events, damage);
    } catch (IOException e) {
      throw new RecordingException(file, "cannot be read (" + e.getMessage() + ")", e);
    }
  }

  /**
   * Parses a copy of the sound chunks. The parser reads one event ahead: running it into the broken
   * chunk would cost the last event of the sound ones.
   */
  private void parseStart(long bytes) throws IOException {
    Path copy = Files.createTempFile("hakmem-sound", ".jfr");
    try (FileChannel from = FileChannel.open(file);
        FileChannel to = FileChannel.open(copy, StandardOpenOption.WRITE)) {
      long done = 0;
      while (done < bytes) {
        done += from.transferTo(done, bytes - done, to);
      }
      parse(copy);
    } finally {
      Files.delete(copy);
    }
  }

  private void parse(Path source) {
    try (RecordingFile recording = open(source)) {
      deliverTypes(recording);
      while (deliverEvent(recording)) {
        events++;
      }
    } catch (IOException e) {
      damage = describe(e);
    }
  }

  /** The parser meets garbage with any unchecked exception; to the reader all are the same. */
  private static RecordingFile open(Path source) throws IOException {
    try {
      return new RecordingFile(source);
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
  }

  /** Types of a damaged file may be unknown as a whole and still come with each event. */
  private void deliverTypes(RecordingFile recording) {
    List<EventType> types;
    try {
      types = recording.readEventTypes();
    } catch (IOException e) {
      damage = describe(e);
      return;
    } catch (RuntimeException e) {
      damage = describe(new IOException(e));
      return;
    }
    sink.types(types);
  }

  private boolean deliverEvent(RecordingFile recording) throws IOException {
    RecordedEvent event;
    try {
      if (!recording.hasMoreEvents()) {
        return false;
      }
      event = recording.readEvent();
    } catch (RuntimeException e) {
      throw new IOException(e);
    }
    sink.event(event);
    return true;
  }

  private long check() throws RecordingException, IOException {
    if (!Files.exists(file)) {
      throw new RecordingException(file, "no such file; " + EXPECTED);
    }
    if (Files.isDirectory(file)) {
      throw new RecordingException(file, "is a folder; " + EXPECTED);
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] start = in.readNBytes(MAGIC.length);
      if (start.length == 0) {
        throw new RecordingException(file, "is empty; " + EXPECTED);
      }
      if (!Arrays.equals(start, MAGIC)) {
        throw new RecordingException(
            file, "is no JFR recording, it does not start with \"FLR\"; " + EXPECTED);
      }
      return Files.size(file);
    }
  }

  private static String describe(IOException e) {
    Throwable inner = e.getCause() instanceof RuntimeException cause ? cause : e;
    String message = String.valueOf(inner.getMessage()).lines().findFirst().orElse("");
    return "is damaged (" + message + ")";
  }
}
