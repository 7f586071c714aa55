package io.hakmem.analysis.planted;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.trial.PushPath;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathAnalysis;
import io.hakmem.analysis.verdict.LayerShare;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Planted bottlenecks: the layer that is named has to be the one that was planted. */
@EnabledOnOs(OS.LINUX) // The CPU-time sampler.
class BottleneckIT {

  @TempDir Path folder;

  private Path file() {
    return folder.resolve("planted.jfr");
  }

  @ParameterizedTest
  @CsvSource({
    "application, DIRECT, application",
    "pairs, CHECKED_SCAN, free checks",
    "refill, DIRECT, allocate slow"
  })
  void thePlantedLayerIsNamed(String program, PushPath push, String layer) throws Exception {
    new Planted(file()).push(push).run(program, 3);
    HotPath hotPath = HotPathAnalysis.of(file());
    assertTrue(hotPath.decided(), hotPath::reason);
    assertEquals(layer, hotPath.layers().getFirst().layer(), hotPath::toString);
  }

  /**
   * The truth is the program's own clock of its thread's CPU time; five points beside the noise.
   */
  @ParameterizedTest
  @CsvSource({"mixed60", "mixed80"})
  void aMixIsWeighedAsTheProgramsOwnClockDoes(String program) throws Exception {
    String output = new Planted(file()).push(PushPath.CHECKED_SCAN).run(program, 4);
    double truth = Double.parseDouble(output.strip().replaceFirst("(?s).*application=", ""));
    HotPath hotPath = HotPathAnalysis.of(file());
    LayerShare first = hotPath.layers().getFirst();
    assertEquals("application", first.layer());
    assertTrue(
        first.low() - 0.05 <= truth && truth <= first.high() + 0.05,
        () -> "truth " + truth + ", seen " + first);
  }

  @Test
  void aSecondDecidesNothing() throws Exception {
    new Planted(file()).flags("-XX:TieredStopAtLevel=1").run("pairs", 0.2);
    HotPath hotPath = HotPathAnalysis.of(file());
    assertFalse(hotPath.decided(), hotPath::toString);
  }

  @Test
  void withoutDebugNonSafepointsNothingIsDecided() throws Exception {
    new Planted(file()).withoutDebugNonSafepoints().run("pairs", 2.5);
    HotPath hotPath = HotPathAnalysis.of(file());
    assertFalse(hotPath.decided());
    assertTrue(hotPath.reason().contains("DebugNonSafepoints"), hotPath::reason);
  }
}
