package io.hakmem.misuse;

import io.hakmem.ChildJvm;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Child JVMs whose seam leads to a path. */
final class SwappedJvm {

  private static final Map<String, String> CLASSES =
      Map.of(
          "direct", "DirectPush",
          "guarded", "GuardedPush",
          "checked", "CheckedPush",
          "checked-scan", "CheckedScanPush");

  private SwappedJvm() {}

  /** Simple name of the class of a path. */
  static String className(String path) {
    return String.valueOf(CLASSES.get(path));
  }

  static ChildJvm.Result run(
      Path folder, String path, Class<?> main, List<String> flags, String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    Path seam = folder.resolve(path);
    if (!Files.exists(seam)) {
      Seams.write(seam, className(path));
    }
    List<String> all = new ArrayList<>(flags);
    all.add("-Dhakmem.agent.push=" + path);
    return ChildJvm.runWith(seam.toString(), main, all, arguments);
  }
}
