package io.hakmem.analysis.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that are there as a whole or not at all. */
final class WholeFile {

  private WholeFile() {}

  /** Writes beside the file first; whoever is stopped leaves the old one, or none. */
  static void write(Path file, String text) throws IOException {
    long process = ProcessHandle.current().pid();
    Path part = file.resolveSibling("." + file.getFileName() + "." + process + ".part");
    try {
      Files.writeString(part, text);
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
