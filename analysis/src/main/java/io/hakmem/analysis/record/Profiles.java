package io.hakmem.analysis.record;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import jdk.jfr.Configuration;

/** The profiles of a folder by their names, and a user's own by their files. */
final class Profiles {

  private static final String PREFIX = "hakmem-";
  private static final String SUFFIX = ".jfc";

  private static final String ENABLED = "#enabled";

  private final Path folder;

  Profiles(Path folder) {
    this.folder = folder;
  }

  /**
   * The file of a profile, absolute.
   *
   * @throws IllegalArgumentException if there is none of that name, or it is no profile
   */
  Path find(String name) throws IOException {
    Path file = folder.resolve(PREFIX + name + SUFFIX);
    if (!names().contains(name)) {
      file = Path.of(name).toAbsolutePath().normalize();
      if (!Files.isRegularFile(file)) {
        throw new IllegalArgumentException(
            "no profile '"
                + name
                + "'; there are "
                + String.join(", ", names())
                + ", or give the name of a .jfc file");
      }
    }
    read(file);
    return file;
  }

  /**
   * The events that a profile turns on.
   *
   * @throws IllegalArgumentException if it is no profile
   */
  static Set<String> events(Path profile) throws IOException {
    Set<String> events = new HashSet<>();
    read(profile)
        .getSettings()
        .forEach(
            (setting, value) -> {
              if (setting.endsWith(ENABLED) && value.equals("true")) {
                events.add(setting.substring(0, setting.length() - ENABLED.length()));
              }
            });
    // Where its other sampler is missing.
    events.add("jdk.ExecutionSample");
    return events;
  }

  private static Configuration read(Path file) throws IOException {
    try {
      return Configuration.create(file);
    } catch (ParseException e) {
      throw new IllegalArgumentException(
          "the profile " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  /** Names without {@code hakmem-} and {@code .jfc}, sorted; empty for an unbuilt checkout. */
  List<String> names() throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .filter(file -> file.startsWith(PREFIX) && file.endsWith(SUFFIX))
          .map(file -> file.substring(PREFIX.length(), file.length() - SUFFIX.length()))
          .sorted()
          .toList();
    }
  }
}
