package io.hakmem.analysis.tables;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of a recording as DuckDB takes them, each once. To DuckDB names that differ only in case
 * are the same, and none may be empty or have a zero in it; in a recording all of this may be. Not
 * thread-safe.
 */
final class Names {

  private static final char SYMBOL_FOR_NULL = '\u2400';

  private final Set<String> taken = new HashSet<>();

  /** The name, or if it is taken the name with the first number behind it that is free. */
  String distinct(String name) {
    String plain = plain(name);
    String candidate = plain;
    for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
      candidate = plain + "_" + i;
    }
    return candidate;
  }

  /** Halves of surrogate pairs have no UTF-8. */
  private static String plain(String name) {
    String encodable =
        new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
            .replace('\0', SYMBOL_FOR_NULL);
    return encodable.isEmpty() ? "(no name)" : encodable;
  }
}
