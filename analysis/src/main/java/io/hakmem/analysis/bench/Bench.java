package io.hakmem.analysis.bench;

import io.hakmem.analysis.trial.ChildJvm;
import io.hakmem.analysis.trial.Progress;
import io.hakmem.analysis.trial.ThroughputLine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs every case against every peer by turns: all peers once, then all of them again. One thread.
 */
final class Bench {

  private static final Pattern RESIDENT = Pattern.compile("Resident growth = (-?\\d+) bytes");

  private final BenchOptions options;
  private final Programs programs;
  private final ChildJvm children;
  private final Path folder;
  private final List<String> notices = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();

  /**
   * To be run once.
   *
   * @param folder for what the processes print
   */
  Bench(BenchOptions options, Programs programs, ChildJvm children, Path folder) {
    this.options = options;
    this.programs = programs;
    this.children = children;
    this.folder = folder;
  }

  /**
   * Runs everything.
   *
   * @throws IOException if a process cannot be started or the folder not be written
   */
  List<CaseResult> run(Progress progress) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    List<CaseResult> results = new ArrayList<>();
    int step = 0;
    for (Case which : options.cases()) {
      Map<Peer, List<Sample>> samples = new LinkedHashMap<>();
      options.peers().forEach(peer -> samples.put(peer, new ArrayList<>()));
      for (int round = 1; round <= options.rounds(); round++) {
        for (Peer peer : options.peers()) {
          progress.step(++step, options.runs(), which.label() + " " + peer.name());
          List<Sample> ofPeer = samples.get(peer);
          if (ofPeer != null && !run(which, peer, round, ofPeer)) {
            samples.remove(peer);
          }
          progress.done(1);
        }
      }
      results.add(new CaseResult(which, samples));
    }
    progress.clear();
    return results;
  }

  /** Peers that were left out, one sentence each. */
  List<String> notices() {
    return List.copyOf(notices);
  }

  /** Processes that failed, one sentence each. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Runs one process; false if its peer is out of this case. */
  private boolean run(Case which, Peer peer, int round, List<Sample> samples)
      throws IOException, InterruptedException {
    ChildJvm.Ended ended =
        children.run(
            programs.command(peer, which),
            folder.resolve("last.out"),
            folder.resolve("last.err"),
            options.timeout());
    if (ended.exitCode() == Programs.UNFIT) {
      notices.add(peer.name() + " cannot do " + which.workload() + ": left out there");
      return false;
    }
    Optional<ThroughputLine> line = ThroughputLine.lastOf(ended.output());
    if (ended.exitCode() != 0 || line.isEmpty()) {
      failures.add(failure(which, peer, ended));
      return false;
    }
    samples.add(new Sample(round, line.get().operationsPerSecond(), resident(ended.output())));
    return true;
  }

  private String failure(Case which, Peer peer, ChildJvm.Ended ended) {
    String what =
        ended.timedOut()
            ? "did not end within " + options.timeout().toSeconds() + " s"
            : ended.exitCode() == 0
                ? "printed no throughput"
                : "ended with exit code " + ended.exitCode();
    String said =
        ended.errors().lines().filter(line -> !line.isBlank()).reduce("", (a, b) -> b).strip();
    return peer.name() + " " + what + " in " + which.label() + (said.isEmpty() ? "" : ": " + said);
  }

  private static long resident(String output) {
    Matcher matcher = RESIDENT.matcher(output);
    return matcher.find() ? Long.parseLong(matcher.group(1)) : -1;
  }
}
