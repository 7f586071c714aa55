package io.hakmem.analysis.recording;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/** Files that the user names: recordings, folders of recordings, patterns. */
public final class RecordingPaths {

  private static final String IN_A_FOLDER = "*.jfr";

  private RecordingPaths() {}

  /**
   * The recordings behind names: a folder stands for the {@code .jfr} files directly in it, a name
   * with {@code *}, {@code ?}, {@code [} or <code>{</code> that is no file for those that match,
   * each sorted by name.
   *
   * @throws RecordingException if a folder or a pattern stands for nothing
   */
  public static List<Path> expand(List<Path> names) throws RecordingException {
    List<Path> files = new ArrayList<>();
    for (Path name : names) {
      if (Files.isDirectory(name)) {
        files.addAll(matching(name, name, IN_A_FOLDER));
      } else if (!Files.exists(name) && isPattern(name)) {
        Path parent = name.getParent();
        files.addAll(
            matching(name, parent == null ? Path.of("") : parent, name.getFileName().toString()));
      } else {
        files.add(name);
      }
    }
    return files;
  }

  private static boolean isPattern(Path name) {
    Path last = name.getFileName();
    return last != null && last.toString().chars().anyMatch(c -> "*?[{".indexOf(c) >= 0);
  }

  private static List<Path> matching(Path name, Path folder, String pattern)
      throws RecordingException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, pattern)) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry)) {
          files.add(entry);
        }
      }
    } catch (IOException | PatternSyntaxException e) {
      throw new RecordingException(name, "cannot be read (" + e.getMessage() + ")", e);
    }
    if (files.isEmpty()) {
      throw new RecordingException(
          name, "no recordings there; expected files that match " + pattern);
    }
    Collections.sort(files);
    return files;
  }
}
