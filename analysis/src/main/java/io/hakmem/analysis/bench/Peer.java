package io.hakmem.analysis.bench;

import java.util.List;

/**
 * An allocator that can take part.
 *
 * @param absence why it cannot, in a sentence; empty where it can
 * @param settings flags of its JVM; of a native one the library to preload, or nothing
 */
record Peer(String name, String meaning, Kind kind, String absence, List<String> settings) {

  /** How the names of those end whose frees are told the size. */
  static final String SIZED = "-sized";

  /** Whose it is. */
  enum Kind {
    OURS,
    FLOOR,
    JAVA,
    NATIVE
  }

  boolean present() {
    return absence.isEmpty();
  }

  /** Whether its frees are told the size. */
  boolean sized() {
    return name.endsWith(SIZED);
  }

  /** Whether it is what ours is compared with. */
  boolean rival() {
    return kind == Kind.JAVA || kind == Kind.NATIVE;
  }
}
