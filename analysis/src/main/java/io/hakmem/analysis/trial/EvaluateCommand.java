package io.hakmem.analysis.trial;

import io.hakmem.analysis.render.FormatOption;
import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem evaluate}: the whole trial of the direct push. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs the workload under the checked scan and under the direct push, in fresh JVMs by turns,"
          + " and says whether the direct push is worth it and where the time goes.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no P0 criterion is missed; P1, P2 and what is not decidable are reported and don't count",
      "1:a P0 criterion is not met: surely too slow, a run failed, a swap was not proven",
      "2:usage",
      "3:jars are missing, or the output folder cannot be written"
    })
public final class EvaluateCommand implements Callable<Integer> {

  private static final int EXIT_FINE = 0;
  private static final int EXIT_NOT_MET = 1;
  private static final int EXIT_UNREADABLE = 3;

  private static final long OPERATIONS = 20_000_000;
  private static final List<Long> SEEDS = List.of(42L, 1L, 2L, 3L, 4L, 5L);
  private static final long QUICK_OPERATIONS = 10_000_000;
  private static final List<Long> QUICK_SEEDS = List.of(42L);
  private static final double RECORD_SECONDS = 6;
  private static final double OTHER_RECORD_SECONDS = 2;
  private static final double QUICK_RECORD_SECONDS = 4;
  private static final int PIPE_COLUMNS = 80;
  private static final int STRESS_RUNS = 5;
  private static final int BESIDE_SEEDS = 3;

  @Option(
      names = "--quick",
      description =
          "Under a minute: one pair a row, only ws 256 recorded. Too few runs for spread.")
  private boolean quick;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ROW",
      description = "Only these: ws128 … ws1024, block128 … block1024, or the groups ws and block.")
  private @Nullable List<String> rows;

  @Option(
      names = "--operations",
      paramLabel = "N",
      description = "Timed operations of each unrecorded run (20000000; quick 10000000).")
  private @Nullable Long operations;

  @Option(
      names = "--seeds",
      split = ",",
      paramLabel = "SEED",
      description = "A pair of runs for each (42,1,2,3,4,5; quick 42).")
  private @Nullable List<Long> seeds;

  @Option(
      names = "--forks",
      paramLabel = "N",
      description = "Pairs of runs for each seed (${DEFAULT-VALUE}).")
  private int forks = 1;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "After which a child JVM is killed and counts as failed (${DEFAULT-VALUE}).")
  private int timeout = 60;

  @Mixin private FormatOption output = new FormatOption();

  @Option(names = "--json", paramLabel = "FILE", description = "Write every run and verdict there.")
  private @Nullable Path json;

  @Option(
      names = "--baseline",
      paramLabel = "FILE",
      description = "Compare with what an earlier trial wrote by --json.")
  private @Nullable Path baseline;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Keeps recordings and logs (target/hakmem-trial of the checkout).")
  private @Nullable Path out;

  @Option(
      names = "--throughput-regex",
      paramLabel = "REGEX",
      description = "Of an own program: group 1 of the last match in what it prints at its end.")
  private @Nullable Pattern throughputRegex;

  @Option(
      names = "--throughput-event",
      paramLabel = "TYPE:FIELD",
      description = "Of an own program: the median of that field of its JFR event.")
  private @Nullable String throughputEvent;

  @Parameters(
      arity = "0..*",
      paramLabel = "-- java …",
      description =
          "Runs this program, which uses the allocator, instead of the plan's workload; without"
              + " --throughput-… its figure is runs per second.")
  private List<String> program = List.of();

  @Spec private @Nullable CommandSpec spec;

  private final Path home;
  private final @Nullable WorkloadCommand workload;
  private final HotPathReader reader;

  /**
   * Of the checkout that the system property {@code hakmem.home} names, else the current folder.
   */
  public EvaluateCommand() {
    this(Path.of(System.getProperty("hakmem.home", "")), null, Seen::read);
  }

  /** With another workload than the checkout's. */
  EvaluateCommand(Path home, @Nullable WorkloadCommand workload, HotPathReader reader) {
    this.home = home.toAbsolutePath().normalize();
    this.workload = workload;
    this.reader = reader;
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter err = spec().commandLine().getErr();
    options(List.of(), ""); // what is wrong with them is said before anything runs
    fitsTheProgram();
    if (!program.isEmpty()) {
      return ofProgram();
    }
    WorkloadCommand command = workload;
    if (command == null) {
      RandomMixedCommand built =
          new RandomMixedCommand(Path.of(System.getProperty("java.home", "")), home);
      if (!built.missing().isEmpty()) {
        built.missing().forEach(file -> err.println("hakmem evaluate: missing " + file));
        err.println("hakmem evaluate: build with 'mvn package' in " + home);
        return EXIT_UNREADABLE;
      }
      command = built;
    }
    try {
      return run(options(besideOf(command), ""), command);
    } catch (IOException e) {
      err.println("hakmem evaluate: " + said(e));
      return EXIT_UNREADABLE;
    }
  }

  /** An option that would be ignored is a misunderstanding. */
  private void fitsTheProgram() {
    boolean own = !program.isEmpty();
    require(
        own || (throughputRegex == null && throughputEvent == null),
        "--throughput-… is of an own program: add it behind --, as '-- java -cp app.jar Main'");
    require(
        !own || (rows == null && operations == null),
        "--rows and --operations are of the plan's workload, not of an own program");
  }

  private int ofProgram() throws InterruptedException {
    PrintWriter err = spec().commandLine().getErr();
    ProgramCommand command;
    try {
      command = new ProgramCommand(home, program, throughputRegex, throughputEvent, folder());
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
    }
    if (!command.missing().isEmpty()) {
      command.missing().forEach(file -> err.println("hakmem evaluate: missing " + file));
      err.println("hakmem evaluate: build with 'mvn package' in " + home);
      return EXIT_UNREADABLE;
    }
    try {
      return run(options(besideOf(command), command.unit()), command);
    } catch (IOException e) {
      err.println("hakmem evaluate: " + said(e));
      return EXIT_UNREADABLE;
    }
  }

  /** What the file system refuses it says with a file and hardly a reason. */
  private static String said(IOException refused) {
    String file = refused instanceof FileSystemException e ? e.getFile() : "";
    if (refused instanceof NoSuchFileException) {
      return file + ": no such file";
    }
    if (refused instanceof AccessDeniedException) {
      return file + ": no permission";
    }
    return refused instanceof FileAlreadyExistsException
        ? file + ": is a file, expected a folder"
        : String.valueOf(refused.getMessage());
  }

  private Path folder() {
    Path folder = out == null ? home.resolve("target/hakmem-trial") : out;
    return folder.toAbsolutePath().normalize();
  }

  private int run(TrialOptions options, WorkloadCommand command)
      throws IOException, InterruptedException {
    Path folder = folder();
    Files.createDirectories(folder);
    Path jsonFile = json == null ? null : json.toAbsolutePath().normalize();
    if (jsonFile != null) {
      // Now, not after minutes: a folder that cannot be made.
      Files.createDirectories(jsonFile.getParent());
    }
    Baseline earlier = baseline == null ? null : Baseline.read(baseline);
    ChildJvm children = new ChildJvm();
    Thread hook = new Thread(children::stop, "stop-children");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Trial trial = new Trial(options, command, reader, children, folder);
      TrialResult result = trial.run(Machine.look(home), progress(options));
      TrialReport report = TrialReport.of(result, earlier);
      if (jsonFile != null) {
        WholeFile.write(jsonFile, TrialJson.render(report));
      }
      PrintWriter stdout = spec().commandLine().getOut();
      stdout.print(render(report, folder));
      stdout.flush();
      return report.passed() ? EXIT_FINE : EXIT_NOT_MET;
    } finally {
      children.stop();
      removeHook(hook);
    }
  }

  private String render(TrialReport report, Path folder) {
    return switch (output.format()) {
      case json -> TrialJson.render(report);
      case md -> TrialMarkdown.render(report);
      case text ->
          TrialText.render(
              report, folder, Terminal.reportColumns(PIPE_COLUMNS), Paint.ofTerminal());
    };
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down and the hook is what runs now.
    }
  }

  private static List<PushPath> besideOf(WorkloadCommand command) {
    return command.paths().stream().filter(path -> !PushPath.COMPARED.contains(path)).toList();
  }

  private TrialOptions options(List<PushPath> beside, String unit) {
    List<Long> chosenSeeds = seeds != null ? seeds : quick ? QUICK_SEEDS : SEEDS;
    long chosenOperations = operations != null ? operations : quick ? QUICK_OPERATIONS : OPERATIONS;
    require(chosenOperations >= 1, "--operations must be 1 or more");
    require(forks >= 1 && forks <= 1000, "--forks must be 1 to 1000");
    require(timeout >= 1, "--timeout must be 1 or more");
    require(json == null || !Files.isDirectory(json), "--json must name a file: " + json);
    require(
        chosenSeeds.stream().allMatch(seed -> seed >= 1 && seed <= Integer.MAX_VALUE),
        "--seeds must be 1 to 2147483647");
    require(
        new HashSet<>(chosenSeeds).size() == chosenSeeds.size(),
        "--seeds has one twice; use --forks to repeat them");
    try {
      return new TrialOptions(
          unit.isEmpty()
              ? TrialRow.select(rows == null ? List.of("all") : rows)
              : List.of(TrialRow.PROGRAM),
          chosenOperations,
          List.copyOf(chosenSeeds),
          forks,
          quick ? QUICK_RECORD_SECONDS : RECORD_SECONDS,
          quick ? 0 : OTHER_RECORD_SECONDS,
          STRESS_RUNS,
          Duration.ofSeconds(timeout),
          beside,
          quick ? 1 : BESIDE_SEEDS,
          unit);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), "--rows: " + e.getMessage(), e);
    }
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec().commandLine(), message);
    }
  }

  private Progress progress(TrialOptions options) {
    double expected =
        TrialPlan.of(options).stream()
            .mapToDouble(planned -> Trial.expectedSeconds(planned, options))
            .sum();
    return new Progress(spec().commandLine().getErr(), Terminal.isStderr(), expected);
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return spec;
  }
}
