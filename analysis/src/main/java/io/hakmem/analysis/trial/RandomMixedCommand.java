package io.hakmem.analysis.trial;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The workload {@code random-mixed} of a built checkout, always under the agent, so that both paths
 * are swapped in by the same means and cost the same start-up. The agent is verbose: its line on
 * stderr proves the swap of the unrecorded runs too.
 */
final class RandomMixedCommand implements WorkloadCommand {

  private final Path java;
  private final Checkout checkout;
  private final Path profile;

  RandomMixedCommand(Path javaHome, Path home) {
    java = Checkout.java(javaHome);
    checkout = new Checkout(home);
    profile = checkout.profile("hotpath");
  }

  /** The files that it needs and that cannot be read. */
  List<Path> missing() {
    return Checkout.unreadable(
        java, checkout.allocator(), checkout.benchmarks(), checkout.agent(), profile);
  }

  @Override
  public List<PushPath> paths() {
    return AgentPaths.known(java, checkout.agent());
  }

  @Override
  public List<String> command(
      PushPath path, List<String> arguments, Path errorFile, @Nullable Path recording) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-XX:ErrorFile=" + errorFile);
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add(checkout.agentFlag(path) + ",verbose=true");
    if (recording != null) {
      command.addAll(Checkout.recordingFlags(profile, recording, "2g"));
    }
    command.add("-cp");
    command.add(checkout.classPath());
    command.add(Checkout.workloadMain());
    command.add("random-mixed");
    command.addAll(arguments);
    return List.copyOf(command);
  }
}
