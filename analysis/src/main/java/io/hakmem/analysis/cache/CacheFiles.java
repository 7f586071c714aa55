package io.hakmem.analysis.cache;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where loaded recordings stay: beside the first recording, named as it, or in a folder, named by
 * content. A new cache is built under a name of its own and moved into place in one step, so that
 * neither a crash nor two loads at once leave half a one.
 */
public final class CacheFiles {

  /** The ending of cache files. */
  public static final String ENDING = ".hakmem-cache";

  private static final int SHORT_KEY = 16;

  private CacheFiles() {}

  /**
   * The place for the recordings' cache.
   *
   * @param folder the cache folder, made if it is missing; null for beside the first recording
   */
  public static Path place(List<Path> recordings, @Nullable Path folder, RecordingStamp stamp)
      throws IOException {
    if (folder != null) {
      Files.createDirectories(folder);
      return folder.resolve(stamp.key() + ENDING);
    }
    Path first = recordings.getFirst().toAbsolutePath();
    String more = recordings.size() == 1 ? "" : "+" + stamp.key().substring(0, SHORT_KEY);
    return first.resolveSibling(first.getFileName() + more + ENDING);
  }

  /** A cache that can be used as it is: made of this content, by this version, and whole. */
  public static boolean isGood(Path place, RecordingStamp stamp) {
    try {
      return Files.isRegularFile(place) && Seal.isGood(place, stamp);
    } catch (IOException e) {
      return false;
    }
  }

  /** A new name in the folder of the place, to build the cache under. */
  public static Path draft(Path place) {
    return place.resolveSibling(
        "." + place.getFileName() + "." + ProcessHandle.current().pid() + "-" + System.nanoTime());
  }

  /** Makes a finished draft the cache. Who has the old one open keeps it. */
  public static void publish(Path draft, Path place, RecordingStamp stamp) throws IOException {
    Seal.put(draft, stamp);
    Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Deletes a draft and what the database left beside it. */
  public static void deleteDraft(Path draft) throws IOException {
    String name = draft.getFileName().toString();
    for (Path file : siblings(draft, name)) {
      delete(file);
    }
  }

  /** Deletes the drafts of processes that are no more. */
  public static void deleteAbandoned(Path place) throws IOException {
    String prefix = "." + place.getFileName() + ".";
    for (Path file : siblings(place, prefix)) {
      String process = file.getFileName().toString().substring(prefix.length());
      int end = process.indexOf('-');
      if (end > 0
          && process.substring(0, end).chars().allMatch(Character::isDigit)
          && ProcessHandle.of(Long.parseLong(process.substring(0, end))).isEmpty()) {
        delete(file);
      }
    }
  }

  private static List<Path> siblings(Path file, String prefix) throws IOException {
    try (Stream<Path> files = Files.list(file.toAbsolutePath().getParent())) {
      return files.filter(other -> other.getFileName().toString().startsWith(prefix)).toList();
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

  /** The caches in a folder, sorted by name. */
  public static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> candidates =
          files.filter(file -> file.getFileName().toString().endsWith(ENDING)).sorted().toList();
      List<Path> caches = new ArrayList<>();
      for (Path candidate : candidates) {
        if (Files.isRegularFile(candidate) && Seal.isPresent(candidate)) {
          caches.add(candidate);
        }
      }
      return caches;
    }
  }
}
