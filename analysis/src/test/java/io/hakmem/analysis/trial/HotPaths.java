package io.hakmem.analysis.trial;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.verdict.Evidence;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.LayerShare;
import io.hakmem.analysis.verdict.Weighing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Hot paths with known shares. */
final class HotPaths {

  private HotPaths() {}

  /** Of so many samples of {@code free checks} and of {@code application}. */
  static HotPath of(String path, boolean proven, long checks, long application) {
    long all = checks + application;
    LayerShare first = layer("free checks", checks, all);
    LayerShare second = layer("application", application, all);
    List<LayerShare> ranked =
        checks >= application ? List.of(first, second) : List.of(second, first);
    List<LayerShare> layers = ranked.stream().filter(layer -> layer.samples() > 0).toList();
    boolean decided = all >= 100;
    return new HotPath(
        path + ".jfr",
        all,
        layers,
        path,
        proven,
        decided,
        decided ? "" : "not enough samples",
        List.of(),
        new Evidence(
            "jdk.CPUTimeSample",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()),
        Weighing.NONE,
        List.of());
  }

  /** The same of a recording without misuse. */
  static Seen seen(String path, boolean proven, long checks, long application) {
    return new Seen(of(path, proven, checks, application), List.of());
  }

  /** Reads what {@link FakeWorkload} wrote: 85 % checks under checked-scan, none under direct. */
  static Seen readFake(Path recording) throws RecordingException {
    try {
      String path = Files.readString(recording);
      return path.equals("direct") ? seen(path, true, 0, 1000) : seen(path, true, 850, 150);
    } catch (IOException e) {
      throw new RecordingException(recording, "cannot be read", e);
    }
  }

  private static LayerShare layer(String name, long samples, long all) {
    double z2 = 1.96 * 1.96;
    double share = all == 0 ? 0 : (double) samples / all;
    double middle = (share + z2 / (2 * all)) / (1 + z2 / all);
    double half =
        1.96 * Math.sqrt(share * (1 - share) / all + z2 / (4.0 * all * all)) / (1 + z2 / all);
    return new LayerShare(name, samples, share, middle - half, middle + half);
  }
}
