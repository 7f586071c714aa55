package io.hakmem.analysis.tables;

import io.hakmem.analysis.cache.CacheFiles;
import io.hakmem.analysis.cache.RecordingStamp;
import io.hakmem.analysis.recording.RecordingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Finds or makes the store for recordings. A cache that cannot be kept is no reason to fail. */
final class StoreOpener {

  /** Below this a cache beside the recording would save less than a second. */
  private static final long WORTH_A_CACHE = 32L << 20;

  private final LoadOptions options;

  StoreOpener(LoadOptions options) {
    this.options = options;
  }

  EventTables open(List<Path> recordings) throws RecordingException {
    needLibrary(recordings);
    EventTables cached = worthKeeping(recordings) ? cached(recordings) : null;
    return cached == null ? load(recordings, true) : cached;
  }

  private boolean worthKeeping(List<Path> recordings) {
    if (!options.keep() || !recordings.stream().allMatch(StoreOpener::isReadableFile)) {
      return false;
    }
    try {
      long bytes = 0;
      for (Path recording : recordings) {
        bytes += Files.size(recording);
      }
      return options.folder() != null || bytes >= WORTH_A_CACHE;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isReadableFile(Path recording) {
    return Files.isRegularFile(recording) && Files.isReadable(recording);
  }

  /** From the cache, which is made if need be; null if there cannot be one. */
  private @Nullable EventTables cached(List<Path> recordings) throws RecordingException {
    try {
      RecordingStamp stamp = RecordingStamp.of(recordings);
      Path place = CacheFiles.place(recordings, options.folder(), stamp);
      EventTables tables = CacheFiles.isGood(place, stamp) ? tryOpen(place, recordings) : null;
      if (tables == null) {
        build(recordings, place, stamp);
        tables = tryOpen(place, recordings);
      }
      return tables;
    } catch (IOException | TablesException e) {
      options
          .notes()
          .accept("the loaded tables are not kept for the next question: " + firstLine(e));
      return null;
    }
  }

  private static @Nullable EventTables tryOpen(Path place, List<Path> recordings)
      throws IOException {
    TemporaryFolder folder = TemporaryFolder.create();
    try {
      return EventTables.open(place, folder, true).named(recordings);
    } catch (SQLException e) {
      folder.close();
      return null;
    }
  }

  private void build(List<Path> recordings, Path place, RecordingStamp stamp)
      throws RecordingException, IOException {
    Path parent = place.toAbsolutePath().getParent();
    if (parent != null && !Files.isWritable(parent)) {
      throw new IOException("no permission to write to " + parent);
    }
    CacheFiles.deleteAbandoned(place);
    Path draft = CacheFiles.draft(place);
    try {
      List<FileTime> ages = ages(recordings);
      RecordingLoader.load(recordings, draft, options.progress());
      if (!ages.equals(ages(recordings))) {
        throw new IOException("a recording was written to while it was read");
      }
      CacheFiles.publish(draft, place, stamp);
    } finally {
      CacheFiles.deleteDraft(draft);
    }
  }

  private static List<FileTime> ages(List<Path> recordings) throws IOException {
    List<FileTime> ages = new ArrayList<>();
    for (Path recording : recordings) {
      ages.add(Files.getLastModifiedTime(recording));
    }
    return ages;
  }

  private static void needLibrary(List<Path> recordings) throws RecordingException {
    try {
      DuckDbDriver.load();
    } catch (TablesException e) {
      throw new RecordingException(recordings.getFirst(), firstLine(e), e);
    }
  }

  /** Into a temporary folder. */
  EventTables load(List<Path> recordings, boolean readOnly) throws RecordingException {
    needLibrary(recordings);
    try {
      TemporaryFolder folder = TemporaryFolder.create();
      try {
        Path file = folder.path().resolve("tables.duckdb");
        RecordingLoader.load(recordings, file, options.progress());
        return EventTables.open(file, folder, readOnly);
      } catch (SQLException e) {
        folder.close();
        throw new TablesException("DuckDB cannot read what it wrote", e);
      } catch (TablesException e) {
        folder.close();
        if (isFull(e)) {
          throw full(recordings, folder, e);
        }
        throw e;
      } catch (RecordingException | RuntimeException e) {
        folder.close();
        throw e;
      }
    } catch (IOException e) {
      throw new RecordingException(
          recordings.getFirst(),
          "there is no place for its tables: no folder can be made in "
              + System.getProperty("java.io.tmpdir")
              + " ("
              + firstLine(e)
              + "); name another by -Djava.io.tmpdir in JDK_JAVA_OPTIONS",
          e);
    }
  }

  private static boolean isFull(TablesException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space") || message.contains("could not write");
  }

  private static RecordingException full(
      List<Path> recordings, TemporaryFolder folder, TablesException e) {
    return new RecordingException(
        recordings.getFirst(),
        "there is no space left for its tables in "
            + folder.path().getParent()
            + "; name another folder by --cache or -Djava.io.tmpdir in JDK_JAVA_OPTIONS",
        e);
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
