package io.hakmem.analysis.tables;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A folder of its own in the system's temporary one, deleted with all that is in it. */
final class TemporaryFolder implements AutoCloseable {

  private final Path path;

  /** Ctrl-C leaves nothing behind either. */
  private final Thread atExit = new Thread(this::deleteQuietly, "hakmem-tables");

  private TemporaryFolder(Path path) {
    this.path = path;
  }

  static TemporaryFolder create() throws IOException {
    TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory("hakmem-tables"));
    Runtime.getRuntime().addShutdownHook(folder.atExit);
    return folder;
  }

  Path path() {
    return path;
  }

  private void deleteQuietly() {
    try {
      delete(path);
    } catch (IOException e) {
      return; // The process ends now, and somebody else may clean up meanwhile.
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // The hook runs already.
    }
    try {
      delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      try (Stream<Path> entries = Files.list(path)) {
        for (Path entry : entries.toList()) {
          delete(entry);
        }
      }
    }
    Files.deleteIfExists(path);
  }
}
