package io.hakmem.analysis.trial;

import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.LayerShare;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The recording of one row under one path, and what it says.
 *
 * @param file relative to the output folder
 * @param hotPath null where there is none to read
 * @param misuse the invalid frees that it holds
 * @param problem why it proves nothing; empty where the swap is proven
 */
record RecordedPath(
    String row,
    PushPath path,
    String file,
    @Nullable HotPath hotPath,
    List<Misuse> misuse,
    String problem) {

  /** Judges the swap: the path that was asked for must have been live, and proven. */
  static RecordedPath read(String row, PushPath path, String file, Seen seen) {
    HotPath hotPath = seen.hotPath();
    String problem = "";
    if (!hotPath.freePath().equals(path.label())) {
      problem = "the path that ran was " + hotPath.freePath() + ", not " + path.label();
    } else if (!hotPath.proven()) {
      problem = "the swap to " + path.label() + " was not proven";
    }
    return new RecordedPath(row, path, file, hotPath, seen.misuse(), problem);
  }

  static RecordedPath unreadable(String row, PushPath path, String file, String why) {
    return new RecordedPath(row, path, file, null, List.of(), why);
  }

  boolean proven() {
    return problem.isEmpty();
  }

  /** The layer's share, if the recording has any samples. */
  Optional<LayerShare> share(String layer) {
    if (hotPath == null || hotPath.samples() == 0) {
      return Optional.empty();
    }
    return Optional.of(
        hotPath.layers().stream()
            .filter(share -> share.layer().equals(layer))
            .findFirst()
            .orElseGet(() -> Wilson.none(layer, hotPath.samples())));
  }
}
