package io.hakmem.agent;

import com.sun.tools.attach.VirtualMachine;
import io.hakmem.agent.app.Loaded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Swaps the path of a JVM under load round and round, and measures whether its speed comes back:
 * against a second JVM that is never swapped, since the machine's speed changes, too. See {@code
 * agent/swap-under-load.sh}.
 */
public final class SwapTrial {

  static final List<String> ROUND = List.of(checked(), "guarded", "direct");

  private static final double BAR = 0.03;
  private static final int WINDOW_MILLIS = 1000;
  private static final int WARM_UP_MILLIS = 10_000;

  private SwapTrial() {}

  /** The most thorough path that there is. */
  private static String checked() {
    return PushPath.named("checked") == null ? "checked-scan" : "checked";
  }

  /** Takes the number of rounds and of windows; exits with 1 if the speed does not come back. */
  public static void main(String[] arguments) throws Exception {
    int rounds = Integer.parseInt(arguments[0]);
    int windows = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory("swap-trial");
    try (RunningApplication swapped = start(folder);
        RunningApplication control = start(folder)) {
      System.out.println("warming up");
      window(swapped, WARM_UP_MILLIS);
      window(control, WARM_UP_MILLIS);
      double before = compare("before", swapped, control, windows);
      ChildJvm.requireEqual("ok", swapped.ask("resume"));
      long start = System.nanoTime();
      swap(swapped, rounds);
      System.out.printf(
          "%d rounds of %s, every swap proven, in %.1f s%n",
          rounds, String.join(" -> ", ROUND), (System.nanoTime() - start) / 1e9);
      ChildJvm.requireEqual("ok", swapped.ask("pause"));
      // As before the first windows: every swap makes the compiler begin anew.
      window(swapped, WARM_UP_MILLIS);
      window(control, WARM_UP_MILLIS);
      double after = compare("after", swapped, control, windows);
      System.out.printf(
          "after / before %.3f; bar: within %.0f %%: %s%n",
          after / before, 100 * BAR, after / before >= 1 - BAR ? "held" : "missed");
      end(swapped);
      end(control);
      System.out.println("no block lost, none refused, none damaged");
      System.exit(after / before >= 1 - BAR ? 0 : 1);
    }
  }

  static RunningApplication start(Path folder) throws Exception {
    RunningApplication application =
        RunningApplication.start(folder, Loaded.class, "-XX:+EnableDynamicAgentLoading");
    ChildJvm.requireEqual("running", application.answer());
    ChildJvm.requireEqual("ok", application.ask("pause"));
    return application;
  }

  /** Operations per second, and per second of processor time. */
  private record Speed(double wall, double cpu) {}

  /**
   * Windows of both in turn; the median of the ratios. By processor time: what the JVM got of a
   * machine that does other things, too, is no property of the path.
   */
  private static double compare(
      String when, RunningApplication swapped, RunningApplication control, int windows)
      throws Exception {
    double[] cpu = new double[windows];
    double[] wall = new double[windows];
    for (int i = 0; i < windows; i++) {
      boolean swappedFirst = i % 2 == 0;
      Speed first = window(swappedFirst ? swapped : control, WINDOW_MILLIS);
      Speed second = window(swappedFirst ? control : swapped, WINDOW_MILLIS);
      Speed ours = swappedFirst ? first : second;
      Speed theirs = swappedFirst ? second : first;
      cpu[i] = ours.cpu() / theirs.cpu();
      wall[i] = ours.wall() / theirs.wall();
      System.out.printf(
          "%s %d: M ops per CPU second: swapped %.2f, control %.2f, ratio %.3f; wall ratio %.3f%n",
          when, i + 1, ours.cpu() / 1e6, theirs.cpu() / 1e6, cpu[i], wall[i]);
    }
    System.out.printf("%s: median ratio %.3f, wall %.3f%n", when, median(cpu), median(wall));
    return median(cpu);
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return (values[values.length / 2] + values[(values.length - 1) / 2]) / 2;
  }

  private static Speed window(RunningApplication application, int millis) throws Exception {
    ChildJvm.requireEqual("ok", application.ask("resume"));
    String[] rates = application.ask("rate " + millis).split(" ", -1);
    ChildJvm.requireEqual("ok", application.ask("pause"));
    return new Speed(Double.parseDouble(rates[0]), Double.parseDouble(rates[1]));
  }

  /** Swaps by attach; each swap has to be proven and the path of before to be what it was. */
  static void swap(RunningApplication application, int rounds) throws Exception {
    VirtualMachine target = VirtualMachine.attach(String.valueOf(application.pid()));
    try {
      String previous = "direct";
      for (int i = 0; i < rounds; i++) {
        for (String path : ROUND) {
          target.loadAgent(ChildJvm.agentJar().toString(), "push=" + path);
          String live = "path=%s, previous=%s, by=attach, proven=true".formatted(path, previous);
          ChildJvm.requireEqual("Installed[" + live + "]", application.ask(""));
          // Enough for every thread to fill, spill and refill its lists on this path.
          Thread.sleep(100);
          previous = path;
        }
      }
    } finally {
      target.detach();
    }
  }

  static void end(RunningApplication application) throws Exception {
    ChildJvm.requireEqual(List.of(), application.end());
    ChildJvm.requireEqual(
        "in use 0 cached 0 committed 0 after many allocations", application.answer());
  }
}
