package io.hakmem.analysis.trial;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The workload {@code random-mixed} of a built checkout, always under the agent, so that both paths
 * are swapped in by the same means and cost the same start-up. The agent is verbose: its line on
 * stderr proves the swap of the unrecorded runs too.
 */
final class RandomMixedCommand implements WorkloadCommand {

  private final Path java;
  private final Path allocator;
  private final Path benchmarks;
  private final Path agent;
  private final Path profile;

  RandomMixedCommand(Path javaHome, Path home) {
    java = javaHome.resolve("bin").resolve(File.separatorChar == '\\' ? "java.exe" : "java");
    allocator = home.resolve("allocator/target/hakmem-allocator.jar");
    benchmarks = home.resolve("allocator/benchmarks/target/hakmem-benchmarks.jar");
    agent = home.resolve("agent/target/hakmem-agent.jar");
    profile = home.resolve("jfr-profiles/target/classes/io/hakmem/profiles/hakmem-hotpath.jfc");
  }

  /** The files that it needs and that cannot be read. */
  List<Path> missing() {
    return Stream.of(java, allocator, benchmarks, agent, profile)
        .filter(file -> !Files.isReadable(file))
        .toList();
  }

  @Override
  public List<String> command(
      PushPath path, List<String> arguments, Path errorFile, @Nullable Path recording) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:ErrorFile=" + errorFile);
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add("-javaagent:" + agent + "=push=" + path.label() + ",verbose=true");
    if (recording != null) {
      command.add("-XX:+UnlockDiagnosticVMOptions");
      // Without it samples of inlined code fall on the caller's loop.
      command.add("-XX:+DebugNonSafepoints");
      // The default keeps 250 MB and drops older chunks in silence.
      command.add(
          "-XX:StartFlightRecording:settings="
              + profile
              + ",filename="
              + recording
              + ",maxsize=2g");
    }
    command.add("-cp");
    command.add(allocator + File.pathSeparator + benchmarks);
    command.add("io.hakmem.benchmarks.Main");
    command.add("random-mixed");
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
