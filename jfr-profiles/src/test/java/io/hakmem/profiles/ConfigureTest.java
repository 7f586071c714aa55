package io.hakmem.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** The profiles survive the JDK's own {@code jfr configure}. */
class ConfigureTest {

  @TempDir Path folder;

  static List<Profile> profiles() throws Exception {
    return Profile.all();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void nothingIsLost(Profile profile) throws Exception {
    assertEquals(profile.settings(), configured(profile).settings());
  }

  /** So the text of a setting with a control equals what the control's default gives. */
  @ParameterizedTest
  @MethodSource("profiles")
  void askingForTheDefaultsChangesNothing(Profile profile) throws Exception {
    List<String> options = new ArrayList<>();
    for (String kind : new String[] {"text", "flag"}) {
      for (Element control : profile.elements(kind)) {
        options.add(control.getAttribute("name") + "=" + control.getTextContent());
      }
    }
    for (Element control : profile.elements("selection")) {
      options.add(control.getAttribute("name") + "=" + control.getAttribute("default"));
    }
    assertEquals(
        profile.settings(), configured(profile, options.toArray(new String[0])).settings());
  }

  @Test
  void theKnobsOfTheHotPathProfileTurn() throws Exception {
    Map<String, String> expected = new TreeMap<>(Profile.hotpath().settings());
    expected.put("io.hakmem.FastPathHit#interval", "7919");
    expected.put("jdk.CPUTimeSample#throttle", "500us");
    expected.put("io.hakmem.SlowPathFallback#threshold", "10 us");
    expected.put("io.hakmem.SlowPathFallback#throttle", "1000/s");
    expected.put("io.hakmem.CapacityRejection#throttle", "1000/s");
    expected.put("io.hakmem.OperationTrace#enabled", "true");
    expected.put("jdk.JVMInformation#enabled", "true");
    expected.put("jdk.JavaAgent#enabled", "true");
    expected.put("jdk.NativeAgent#enabled", "true");
    assertEquals(
        expected,
        configured(
                Profile.hotpath(),
                "fast-path-interval=7919",
                "cpu-sampling=maximum",
                "slow-path-threshold=10us",
                "slow-path-events=limited",
                "operation-trace=true",
                "command-line=true")
            .settings());
  }

  @Test
  void theKnobsOfTheProductionProfileTurn() throws Exception {
    Map<String, String> expected = new TreeMap<>(Profile.production().settings());
    expected.put("io.hakmem.FastPathHit#interval", "7919");
    expected.put("jdk.CPUTimeSample#throttle", "10ms");
    expected.put("io.hakmem.SlowPathFallback#threshold", "10 us");
    expected.put("io.hakmem.SlowPathFallback#throttle", "off");
    expected.put("io.hakmem.CapacityRejection#throttle", "off");
    expected.put("io.hakmem.SlowPathFallback#alignedInterval", "1");
    assertEquals(
        expected,
        configured(
                Profile.production(),
                "fast-path-interval=7919",
                "cpu-sampling=normal",
                "slow-path-threshold=10us",
                "slow-path-events=all")
            .settings());
  }

  @Test
  void theKnobsOfTheTraceProfileTurn() throws Exception {
    Map<String, String> expected = new TreeMap<>(Profile.trace().settings());
    expected.put("io.hakmem.OperationTrace#enabled", "false");
    expected.put("io.hakmem.OperationTrace#stampInterval", "1");
    expected.put("jdk.CPUTimeSample#enabled", "true");
    expected.put("jdk.CPUTimeSample#throttle", "10ms");
    assertEquals(
        expected,
        configured(
                Profile.trace(), "operation-trace=false", "stamp-interval=1", "cpu-sampling=normal")
            .settings());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void cpuSamplingCanBeTurnedOff(Profile profile) throws Exception {
    Map<String, String> settings = configured(profile, "cpu-sampling=off").settings();
    assertEquals("false", settings.get("jdk.CPUTimeSample#enabled"));
    assertEquals("false", settings.get("jdk.ExecutionSample#enabled"));
  }

  /** For systems without the sampler by CPU time. */
  @ParameterizedTest
  @MethodSource("profiles")
  void theOtherSamplerCanBeTurnedOn(Profile profile) throws Exception {
    Map<String, String> expected = new TreeMap<>(profile.settings());
    expected.put("jdk.ExecutionSample#enabled", "true");
    assertEquals(expected, configured(profile, "execution-sampling=true").settings());
  }

  private Profile configured(Profile profile, String... options) throws Exception {
    Path output = folder.resolve("configured.jfc");
    List<String> arguments = new ArrayList<>();
    arguments.add("configure");
    arguments.addAll(List.of("--input", profile.file().toString(), "--output", output.toString()));
    arguments.addAll(List.of(options));
    Tools.run("jfr", arguments);
    return new Profile(output);
  }
}
