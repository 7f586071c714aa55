package io.hakmem.analysis.bench;

import io.hakmem.analysis.trial.Checkout;
import io.hakmem.analysis.trial.ChildJvm;
import io.hakmem.analysis.trial.Machine;
import io.hakmem.analysis.trial.Progress;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem bench}: workloads against other allocators. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs workloads against allocators of others by turns, each in a fresh process, and prints"
          + " medians and ratios.",
      "What is not there is skipped and named: --list says how to get it.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:every process gave a figure",
      "1:one failed, or nothing is left to run",
      "2:usage",
      "3:jars are missing, or a file cannot be written"
    })
public final class BenchCommand implements Callable<Integer> {

  private static final int EXIT_FINE = 0;
  private static final int EXIT_FAILED = 1;
  private static final int EXIT_UNREADABLE = 3;

  private static final int ROUNDS = 7;
  private static final int QUICK_ROUNDS = 3;
  private static final int QUICK_SHARE = 5;

  /** How the report is written. */
  enum Format {
    text,
    md,
    json
  }

  @Parameters(
      arity = "0..*",
      paramLabel = "WORKLOAD",
      description = "Names as --list has them, or all (default random-mixed).")
  private List<String> workloads = List.of("random-mixed");

  @Option(
      names = "--peers",
      split = ",",
      paramLabel = "PEER",
      description = "Names, or the groups all, ours, java, native, sized (default all).")
  private List<String> peers = List.of("all");

  @Option(
      names = "--rounds",
      paramLabel = "N",
      description = "Processes of each peer and case (7; quick 3).")
  private @Nullable Integer rounds;

  @Option(
      names = "--operations",
      paramLabel = "N",
      description = "Allocates and frees of the timed part (by workload; quick a fifth).")
  private @Nullable Long operations;

  @Option(
      names = "--working-set",
      split = ",",
      paramLabel = "N",
      description = "Slots of each thread; a case for each (by workload).")
  private @Nullable List<Integer> workingSets;

  @Option(
      names = "--threads",
      split = ",",
      paramLabel = "N",
      description = "A case for each, for example 1,2,4,8 (by workload).")
  private @Nullable List<Integer> threads;

  @Option(names = "--quick", description = "Fewer and shorter rounds: a first look.")
  private boolean quick;

  @Option(
      names = "--format",
      description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Option(names = "--chart", paramLabel = "FILE.svg", description = "Draw the figures there.")
  private @Nullable Path chart;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description = "After which a process is killed and counts as failed (${DEFAULT-VALUE}).")
  private int timeout = 120;

  @Option(names = "--list", description = "Print workloads and peers, and run nothing.")
  private boolean list;

  @Spec private @Nullable CommandSpec spec;

  private final Path home;
  private final @Nullable Programs programs;

  /** Of the checkout that {@code hakmem.home} names, else the current folder. */
  public BenchCommand() {
    this(Checkout.current().home(), null);
  }

  /** With other programs than the checkout's. */
  BenchCommand(Path home, @Nullable Programs programs) {
    this.home = home;
    this.programs = programs;
  }

  @Override
  public Integer call() throws InterruptedException {
    Programs chosen = programs;
    if (chosen == null) {
      CheckoutPrograms built = new CheckoutPrograms(new Checkout(home));
      if (!built.missing().isEmpty()) {
        built.missing().forEach(file -> complain("missing " + file));
        complain("build with 'mvn package' in " + home);
        return EXIT_UNREADABLE;
      }
      chosen = built;
    }
    try {
      Catalog catalog = chosen.catalog();
      if (list) {
        print(CatalogText.render(catalog));
        return EXIT_FINE;
      }
      return run(catalog, chosen);
    } catch (IOException e) {
      complain(e.toString());
      return EXIT_UNREADABLE;
    }
  }

  private int run(Catalog catalog, Programs chosen) throws IOException, InterruptedException {
    List<Peer> named = selectPeers(catalog);
    List<Peer> present = named.stream().filter(Peer::present).toList();
    BenchOptions options =
        new BenchOptions(cases(catalog), present, rounds(), Duration.ofSeconds(timeout));
    if (chart != null && chart.toAbsolutePath().getParent() != null) {
      // Now, not after minutes: a folder that cannot be made.
      Files.createDirectories(chart.toAbsolutePath().getParent());
    }
    ChildJvm children = new ChildJvm();
    Thread hook = new Thread(children::stop, "stop-children");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      Bench bench = new Bench(options, chosen, children, home.resolve("target/hakmem-bench"));
      Machine machine = Machine.look(home);
      List<CaseResult> results = bench.run(progress(options));
      List<String> notices = new ArrayList<>();
      named.stream()
          .filter(peer -> !peer.present())
          .forEach(peer -> notices.add(peer.name() + ": " + peer.absence()));
      notices.addAll(bench.notices());
      return report(new Report(machine, rounds(), results, notices, bench.failures()));
    } finally {
      children.stop();
      removeHook(hook);
    }
  }

  private int report(Report report) throws IOException {
    print(
        switch (format) {
          case text -> BenchText.text(report);
          case md -> BenchText.markdown(report);
          case json -> BenchJson.render(report);
        });
    if (chart != null) {
      Files.writeString(chart, BenchChart.render(report));
    }
    return report.failures().isEmpty() ? EXIT_FINE : EXIT_FAILED;
  }

  private List<Peer> selectPeers(Catalog catalog) {
    try {
      return catalog.selectPeers(peers);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), "--peers: " + e.getMessage(), e);
    }
  }

  private List<Case> cases(Catalog catalog) {
    List<Case> cases = new ArrayList<>();
    for (Workload workload : selectWorkloads(catalog)) {
      long share = quick ? Math.max(1, workload.operations() / QUICK_SHARE) : workload.operations();
      long count = operations != null ? operations : share;
      require(count >= 1, "--operations must be 1 or more");
      List<Integer> sets = workingSets != null ? workingSets : List.of(workload.workingSet());
      List<Integer> crews = threads != null ? threads : List.of(workload.threads());
      for (int slots : sets) {
        require(slots >= 1 && slots <= 100_000_000, "--working-set must be 1 to 100000000");
        for (int crew : crews) {
          require(crew >= 1 && crew <= 1024, "--threads must be 1 to 1024");
          cases.add(new Case(workload.name(), slots, crew, count));
        }
      }
    }
    return cases;
  }

  private List<Workload> selectWorkloads(Catalog catalog) {
    try {
      return catalog.select(workloads);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int rounds() {
    int count = rounds != null ? rounds : quick ? QUICK_ROUNDS : ROUNDS;
    require(count >= 1 && count <= 1000, "--rounds must be 1 to 1000");
    require(timeout >= 1, "--timeout must be 1 or more");
    return count;
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw new ParameterException(spec().commandLine(), message);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // from 22 to 24 it never was; since 25 it is, in a pipe
  private Progress progress(BenchOptions options) {
    Console console = System.console();
    boolean terminal = console != null && console.isTerminal();
    return new Progress(spec().commandLine().getErr(), terminal, options.runs());
  }

  private void print(String text) {
    PrintWriter out = spec().commandLine().getOut();
    out.print(text);
    out.flush();
  }

  private void complain(String text) {
    spec().commandLine().getErr().println("hakmem bench: " + text);
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down and the hook is what runs now.
    }
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return spec;
  }
}
