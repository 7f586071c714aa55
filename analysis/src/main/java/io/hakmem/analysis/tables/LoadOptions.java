package io.hakmem.analysis.tables;

import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How recordings are loaded.
 *
 * @param keep whether the tables stay for the next question: beside the first recording, or in
 *     {@code folder}
 * @param folder the cache folder; null for beside the recording
 * @param notes takes what the user should know, one line each, such as a cache that cannot be
 *     written
 * @param progress is told how far loading has come
 */
public record LoadOptions(
    boolean keep, @Nullable Path folder, Consumer<String> notes, LoadProgress progress) {

  /** The environment variable that names the cache folder; {@code none} keeps nothing. */
  public static final String CACHE_VARIABLE = "HAKMEM_CACHE";

  /** In place of a folder: keep nothing. */
  public static final String NONE = "none";

  /** Tables that go away with their user, without notes. */
  public static LoadOptions temporary() {
    return new LoadOptions(false, null, note -> {}, LoadProgress.NONE);
  }

  /**
   * What the user asked for: the option {@code --cache}, else {@value #CACHE_VARIABLE}, else beside
   * the recording where that is over 32 MB: smaller ones load in no time. Progress is shown on a
   * terminal.
   *
   * @param option the option's value, a folder or {@code none}; null if it was not given
   */
  public static LoadOptions of(@Nullable String option, Consumer<String> notes) {
    String variable = System.getenv(CACHE_VARIABLE);
    String choice = option != null ? option : variable;
    LoadProgress progress = TerminalProgress.create();
    if (choice == null || choice.isBlank()) {
      return new LoadOptions(true, null, notes, progress);
    }
    return choice.equals(NONE)
        ? new LoadOptions(false, null, notes, progress)
        : new LoadOptions(true, Path.of(choice), notes, progress);
  }
}
