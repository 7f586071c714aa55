package io.hakmem.analysis.load;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.Recording;
import jdk.jfr.StackTrace;

/**
 * Makes a large recording of small events, about 21 bytes each: {@code ManyEvents FILE [COUNT]}, 20
 * million by default.
 */
public final class ManyEvents {

  public static final String TYPE = "load.Small";
  public static final int KEYS = 61;

  private static final long STANDARD_COUNT = 20_000_000;
  private static final long ADDRESS = 0x7F12_3400_0000L;

  private ManyEvents() {}

  /** A few numbers, as an allocator would record them. */
  @Name(TYPE)
  @StackTrace(false)
  static final class Small extends Event {
    int key;
    int size;
    long address;
  }

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    long count = arguments.length > 1 ? Long.parseLong(arguments[1]) : STANDARD_COUNT;
    write(file, count);
    System.out.printf(Locale.ROOT, "%,d events, %,d bytes%n", count, Files.size(file));
  }

  /** Event i has key i modulo {@link #KEYS}, and size i modulo 1024. */
  public static void write(Path file, long count) throws Exception {
    try (Recording recording = new Recording()) {
      recording.setToDisk(true);
      recording.start();
      for (long i = 0; i < count; i++) {
        Small event = new Small();
        event.key = (int) (i % KEYS);
        event.size = (int) (i & 0x3FF);
        event.address = ADDRESS + (i << 4);
        event.commit();
      }
      recording.stop();
      recording.dump(file);
    }
  }
}
