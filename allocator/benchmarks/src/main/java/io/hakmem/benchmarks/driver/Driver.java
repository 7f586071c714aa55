package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.Throughput;
import io.hakmem.benchmarks.driver.Loads.Entry;
import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.PeerCatalog;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Runs one workload against one peer and prints its throughput, or lists both.
 *
 * <p>Exit codes: 0 fine, 2 usage, 3 the peer is not on the class path, 4 it cannot do the workload.
 */
public final class Driver {

  static final int OK = 0;
  static final int USAGE = 2;
  static final int ABSENT = 3;
  static final int UNFIT = 4;

  private Driver() {}

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
    if (arguments.length == 1 && arguments[0].equals("list")) {
      list(out);
      return OK;
    }
    if (arguments.length < 2 || arguments.length > 6) {
      return usage(err, "expected list, or a peer and a workload with up to four numbers");
    }
    Optional<PeerCatalog.Entry> peer = PeerCatalog.find(arguments[0]);
    if (peer.isEmpty()) {
      return usage(err, "unknown peer '" + arguments[0] + "'");
    }
    Optional<Entry> load = Loads.find(arguments[1]);
    if (load.isEmpty()) {
      return usage(err, "unknown workload '" + arguments[1] + "'");
    }
    try {
      return run(peer.get(), load.get(), settings(arguments, load.get()), out, err);
    } catch (IllegalArgumentException e) {
      return usage(err, String.valueOf(e.getMessage()));
    }
  }

  private static int run(
      PeerCatalog.Entry entry, Entry load, Settings settings, PrintStream out, PrintStream err)
      throws InterruptedException {
    if (!entry.isPresent()) {
      err.println("peer " + entry.name() + " is not on the class path; see the module's README");
      return ABSENT;
    }
    Peer peer = entry.create();
    if ((load.needs() == Loads.Needs.HAND_OVER && !peer.handsOver())
        || (load.needs() == Loads.Needs.VIRTUAL_THREADS && !peer.servesVirtualThreads())) {
      err.println("peer " + entry.name() + " cannot do " + load.name());
      return UNFIT;
    }
    time(peer, load.load(), settings, out);
    return OK;
  }

  private static void time(Peer peer, Load load, Settings settings, PrintStream out)
      throws InterruptedException {
    long before = residentBytes();
    WarmUp.run(peer, load, settings);
    Round round = load.round(settings, peer);
    double seconds = Team.run(peer, round);
    out.println("Resident growth = " + (residentBytes() - before) + " bytes");
    Throughput.print(round.operations(), settings.workingSet(), seconds, out);
  }

  /** The process's resident bytes; 0 where the operating system has no such file. */
  private static long residentBytes() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      return 0;
    }
  }

  private static Settings settings(String[] arguments, Entry load) {
    long operations = number(arguments, 2, "operations", load.operations(), 1, Long.MAX_VALUE / 4);
    long slots = number(arguments, 3, "working set", load.workingSet(), 1, 100_000_000);
    long threads = number(arguments, 4, "threads", load.threads(), 1, 1024);
    long seed = number(arguments, 5, "seed", 42, 1, Integer.MAX_VALUE);
    return new Settings(operations, (int) slots, (int) threads, (int) seed);
  }

  private static long number(
      String[] arguments, int index, String name, long fallback, long min, long max) {
    if (arguments.length <= index) {
      return fallback;
    }
    String wrong = "%s must be %d to %d: %s".formatted(name, min, max, arguments[index]);
    try {
      long value = Long.parseLong(arguments[index]);
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(wrong, e);
    }
    throw new IllegalArgumentException(wrong);
  }

  /** One line each, separated by tabs: what {@code hakmem bench} reads. */
  private static void list(PrintStream out) {
    for (Entry load : Loads.entries()) {
      out.println(
          String.join(
              "\t",
              "workload",
              load.name(),
              load.meaning(),
              Long.toString(load.operations()),
              Integer.toString(load.workingSet()),
              Integer.toString(load.threads())));
    }
    for (PeerCatalog.Entry peer : PeerCatalog.entries()) {
      out.println(
          String.join(
              "\t",
              "peer",
              peer.name(),
              peer.meaning(),
              peer.isPresent() ? "present" : "absent",
              String.join(" ", peer.flags())));
    }
  }

  private static int usage(PrintStream err, String wrong) {
    err.println(wrong);
    err.println("usage: list | PEER WORKLOAD [operations] [working set] [threads] [seed]");
    return USAGE;
  }
}
