package io.hakmem.analysis.trial;

import io.hakmem.analysis.recording.RecordingException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the children of a trial, one after the other, and keeps what they did. One thread. */
final class Trial {

  /** After so many children that did not end the rest would not either. */
  private static final int MOST_TIMEOUTS = 3;

  private static final double STARTUP_SECONDS = 1.5;
  private static final double GUESSED_CHECKED_SCAN = 20e6;
  private static final double GUESSED_DIRECT = 80e6;

  private final TrialOptions options;
  private final WorkloadCommand workload;
  private final HotPathReader reader;
  private final ChildJvm children;
  private final Path out;
  private final List<Run> runs = new ArrayList<>();
  private final List<RecordedPath> recordings = new ArrayList<>();
  private int timeouts;

  /**
   * A trial to be run once.
   *
   * @param out the folder that logs and recordings go to
   */
  Trial(
      TrialOptions options,
      WorkloadCommand workload,
      HotPathReader reader,
      ChildJvm children,
      Path out) {
    this.options = options;
    this.workload = workload;
    this.reader = reader;
    this.children = children;
    this.out = out;
  }

  /**
   * Runs all of the plan's children; what an earlier trial left in the folder goes first.
   *
   * @throws IOException if a child cannot be started or the folder not be written
   */
  TrialResult run(Machine machine, Progress progress) throws IOException, InterruptedException {
    long start = System.nanoTime();
    clear(out.resolve("logs"));
    clear(out.resolve("recordings"));
    List<PlannedRun> plan = TrialPlan.of(options);
    String stopped = "";
    for (int i = 0; i < plan.size() && stopped.isEmpty(); i++) {
      PlannedRun planned = plan.get(i);
      progress.step(i + 1, plan.size(), describe(planned));
      execute(planned);
      progress.done(expectedSeconds(planned, options));
      if (timeouts == MOST_TIMEOUTS) {
        stopped = timeouts + " children did not end; " + (plan.size() - i - 1) + " left unrun";
      }
    }
    progress.clear();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new TrialResult(
        options, machine, List.copyOf(runs), List.copyOf(recordings), stopped, seconds);
  }

  /** Rough, for the progress line only. */
  static double expectedSeconds(PlannedRun planned, TrialOptions options) {
    double rate = planned.path() == PushPath.DIRECT ? GUESSED_DIRECT : GUESSED_CHECKED_SCAN;
    TrialRow row = planned.row();
    double timed =
        planned.kind() == RunKind.RECORDED && row != null
            ? options.recordSeconds(row) + STARTUP_SECONDS
            : planned.operations() / rate;
    return STARTUP_SECONDS + timed;
  }

  private static String describe(PlannedRun planned) {
    return planned.kind().label()
        + " "
        + planned.rowId()
        + " "
        + planned.path().label()
        + ", seed "
        + planned.seed();
  }

  private void execute(PlannedRun planned) throws IOException, InterruptedException {
    boolean recorded = planned.kind() == RunKind.RECORDED;
    String name = planned.fileName();
    String recording =
        recorded ? "recordings/" + planned.rowId() + "-" + planned.path().label() + ".jfr" : null;
    long operations = recorded ? recordedOperations(planned) : planned.operations();
    Path crashReport = out.resolve("logs/hs_err-" + name + ".log");
    List<String> command =
        workload.command(
            planned.path(),
            planned.arguments(operations),
            crashReport,
            recording == null ? null : out.resolve(recording));
    Path result = workload.result(recording == null ? null : out.resolve(recording));
    if (result != null) {
      Files.deleteIfExists(result);
    }
    ChildJvm.Ended ended =
        children.run(
            command,
            out.resolve("logs/" + name + ".out"),
            out.resolve("logs/" + name + ".err"),
            options.timeout(),
            result);
    if (ended.timedOut()) {
      timeouts++;
    }
    Run run = run(planned, ended, operations, recording);
    if (Files.exists(crashReport)) {
      run = run.with(run.problem() + " (the JVM's report is " + crashReport.getFileName() + ")");
    }
    runs.add(run);
    if (recording != null) {
      recordings.add(read(planned, recording));
    } else if (result != null) {
      Files.deleteIfExists(result);
    }
  }

  private Run run(
      PlannedRun planned, ChildJvm.Ended ended, long operations, @Nullable String recording)
      throws IOException {
    String log = "logs/" + planned.fileName() + ".err";
    boolean well = !ended.timedOut() && ended.exitCode() == 0;
    Reading reading =
        well ? workload.read(ended, planned, operations) : new Reading(Double.NaN, "");
    String problem = RunProblem.of(ended, planned.path(), reading.problem(), options.timeout());
    return new Run(
        planned.kind(),
        planned.rowId(),
        planned.path(),
        planned.seed(),
        planned.fork(),
        problem.isEmpty() ? reading.operationsPerSecond() : Double.NaN,
        ended.exitCode(),
        RunProblem.proven(ended, planned.path()),
        ended.seconds(),
        problem,
        Misuse.inLog(out.resolve(log)),
        log,
        recording);
  }

  private RecordedPath read(PlannedRun planned, String recording) {
    try {
      return RecordedPath.read(
          planned.rowId(), planned.path(), recording, reader.read(out.resolve(recording)));
    } catch (RecordingException e) {
      String why = e.getMessage();
      return RecordedPath.unreadable(
          planned.rowId(), planned.path(), recording, why == null ? e.toString() : why);
    }
  }

  /** As many operations as take the wanted time at the speed that the row's figures showed. */
  private long recordedOperations(PlannedRun planned) {
    TrialRow row = planned.row();
    if (row == null) {
      return options.operations();
    }
    List<Double> figures =
        runs.stream()
            .filter(run -> run.kind() == RunKind.FIGURE && run.row().equals(row.id()))
            .filter(run -> run.path() == planned.path() && run.passed())
            .map(Run::operationsPerSecond)
            .toList();
    double wanted = Statistics.median(figures) * options.recordSeconds(row);
    return Double.isNaN(wanted) ? options.operations() : Math.max(1, Math.round(wanted));
  }

  private static void clear(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.{out,err,log,jfr}")) {
      for (Path file : files) {
        Files.delete(file);
      }
    }
  }
}
