package io.hakmem.analysis.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.trial.PushPath;
import io.hakmem.analysis.verdict.ClassCounters;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathAnalysis;
import io.hakmem.analysis.verdict.Recommendation;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What is recommended for planted waste, and that nothing is where there is none. */
@EnabledOnOs(OS.LINUX) // The CPU-time sampler.
@Execution(ExecutionMode.CONCURRENT) // What is counted does not depend on the machine's load.
@Tag("measures")
class RecommendationsIT {

  private static final Pattern OPTION = Pattern.compile("-D(hakmem\\.thread\\.cache=\\d+m)");

  @TempDir Path folder;

  private HotPath planted(PushPath push, String program, double seconds, String... flags)
      throws Exception {
    Path file = folder.resolve(program + flags.length + ".jfr");
    new Planted(file).push(push).flags(flags).run(program, seconds);
    return HotPathAnalysis.of(file);
  }

  private static List<Recommendation> of(HotPath hotPath, String id) {
    return hotPath.recommendations().stream().filter(r -> r.id().equals(id)).toList();
  }

  /** Slow paths per thousand operations: counted by the allocator, the same on any machine. */
  private static double slowPaths(HotPath hotPath) {
    double slow = 0;
    double all = 0;
    for (ClassCounters counters : hotPath.evidence().counters()) {
      slow += counters.refills() + counters.rejections();
      all += counters.allocateHits() + counters.freeHits();
    }
    return 1000 * slow / all;
  }

  /** The option that is recommended is really run with. */
  @Test
  void listsThatTheBudgetKeepsSmallAreToGrow() throws Exception {
    HotPath before = planted(PushPath.DIRECT, "classes", 0.7);
    List<Recommendation> capacity = of(before, "capacity");
    assertTrue(!capacity.isEmpty(), before.recommendations()::toString);
    assertEquals("capacity-predictions", capacity.getFirst().query());
    Matcher option = OPTION.matcher(capacity.getFirst().advice());
    assertTrue(option.find(), capacity::toString);

    HotPath after = planted(PushPath.DIRECT, "classes", 0.7, "-D" + option.group(1));
    assertTrue(
        slowPaths(after) < 0.75 * slowPaths(before), slowPaths(before) + " " + slowPaths(after));
    assertEquals(List.of(), of(after, "capacity"), "what was recommended is done");
  }

  @Test
  void sizesJustAboveAClassWaste() throws Exception {
    HotPath hotPath = planted(PushPath.DIRECT, "odd-sizes", 0.5);
    List<Recommendation> waste = of(hotPath, "size-class-waste");
    assertEquals(1, waste.size(), hotPath.recommendations()::toString);
    assertTrue(waste.getFirst().advice().contains("blocks of 1408 B hold 1407 B"));
  }

  @Test
  void aThreadThatFreesWhatAnotherAllocatesIsNamed() throws Exception {
    HotPath hotPath = planted(PushPath.DIRECT, "hand-over", 0.7);
    List<Recommendation> remote = of(hotPath, "remote-frees");
    assertEquals(1, remote.size(), hotPath.recommendations()::toString);
    assertTrue(
        remote.getFirst().evidence().startsWith("consumer frees what main allocates"),
        remote::toString);
  }

  @Test
  void checksThatCostMuchAreForTests() throws Exception {
    HotPath hotPath = planted(PushPath.CHECKED_SCAN, "pairs", 2.5);
    assertTrue(hotPath.decided(), hotPath::reason);
    assertTrue(
        of(hotPath, "push-path").getFirst().advice().startsWith("Keep push=checked-scan for tests"),
        hotPath.recommendations()::toString);
  }

  @Test
  void withoutEvidenceNothingIsRecommended() throws Exception {
    HotPath hotPath = planted(PushPath.DIRECT, "fitting-sizes", 0.5);
    assertEquals(List.of(), hotPath.recommendations());
  }
}
