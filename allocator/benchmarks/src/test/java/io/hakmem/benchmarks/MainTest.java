package io.hakmem.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MainTest {

  private static final Pattern LAST_LINE =
      Pattern.compile(
          "Throughput = (\\d+) ops/s \\[iter=(\\d+) ws=(\\d+)\\] time=(\\d+\\.\\d{3})s");

  private record Ended(int exitCode, String out, String err) {
    String lastLine() {
      return out.lines().toList().getLast();
    }
  }

  private static Ended run(String... arguments) throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        Main.run(arguments, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
    return new Ended(exitCode, out.toString(UTF_8), err.toString(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                  | name of a workload",
        "random                              | 'random'",
        "random-mixed ten                    | 'ten'",
        "random-mixed 1e6                    | '1e6'",
        "random-mixed 99999999999999999999   | '99999999999999999999'",
        "random-mixed 0                      | operations must be 1 or more: 0",
        "random-mixed -5                     | operations must be 1 or more: -5",
        "random-mixed 10 0                   | working set must be 1 to 100000000: 0",
        "random-mixed 10 100000001           | working set must be 1 to 100000000: 100000001",
        "random-mixed 10 10 0                | seed must not be 0",
        "random-mixed 10 10 4294967296       | seed must not be 0",
        "random-mixed 10 10 1 0 5            | min must be 1 to 1073741824: 0",
        "random-mixed 10 10 1 6 5            | 6 5",
        "random-mixed 10 10 1 1 1073741825   | max must be 1 to 1073741824: 1073741825",
        "random-mixed 10 10 1 2000           | 2000 1039",
        "random-mixed 10 10 1 1 5 6          | at most 5 numbers"
      })
  void wrongArgumentsAreNamedWithTheUsageOnTheErrorStream(String line, String named)
      throws InterruptedException {
    String[] arguments = line.isEmpty() ? new String[0] : line.split(" ", -1);
    Ended ended = run(arguments);
    assertEquals(2, ended.exitCode());
    assertEquals("", ended.out());
    assertTrue(ended.err().contains(named), ended::err);
    assertTrue(ended.err().contains("usage: random-mixed [operations] [working set]"), ended::err);
  }

  @Test
  void theLastLineIsTheOriginals() throws InterruptedException {
    isTheThroughput(run("random-mixed", "200000", "256", "42"));
    isTheThroughput(run("random-mixed-handle", "200000", "256", "42"));
  }

  private static void isTheThroughput(Ended ended) {
    assertEquals(0, ended.exitCode());
    assertEquals("", ended.err());
    Matcher matcher = LAST_LINE.matcher(ended.lastLine());
    assertTrue(matcher.matches(), ended::lastLine);
    assertEquals("200000", matcher.group(2));
    assertEquals("256", matcher.group(3));
    assertTrue(Long.parseLong(matcher.group(1)) > 0, ended::lastLine);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "random-mixed-handle 10 0      | working set must be 1 to 100000000: 0",
        "random-mixed-handle 10 10 0   | seed must not be 0",
        "pairs 0                       | operations must be 1 or more: 0",
        "pairs 10 -1                   | size must be 0 to 1073741824: -1",
        "pairs 10 64 5                 | at most 2 numbers",
        "random-model 0                | operations must be 1 or more: 0",
        "random-model 10 0             | threads must be 1 to 256: 0",
        "footprint 0                   | working set must be 1 to 100000000: 0",
        "footprint x                   | 'x'",
        "many-threads 0                | count must be 1 to 10000000: 0"
      })
  void everyWorkloadNamesItsOwnNumbers(String line, String named) throws InterruptedException {
    String[] arguments = line.split(" ", -1);
    Ended ended = run(arguments);
    assertEquals(2, ended.exitCode());
    assertEquals("", ended.out());
    assertTrue(ended.err().contains(named), ended::err);
    assertTrue(ended.err().contains("usage: " + arguments[0] + " ["), ended::err);
  }

  @Test
  void theUsageListsAllWorkloads() throws InterruptedException {
    String err = run().err();
    for (String name :
        List.of("random-mixed-handle", "pairs", "random-model", "footprint", "many-threads")) {
      assertTrue(err.contains(" " + name + " ["), err);
    }
  }

  @Test
  void pairsAllocateAndFreeOneSize() throws InterruptedException {
    int sizeClass = SizeClasses.ofTiny(200);
    long shortRun = pairs(sizeClass, 1_000);
    long longRun = pairs(sizeClass, 301_000);
    assertEquals(150_000, longRun - shortRun);
  }

  private static long pairs(int sizeClass, long operations) throws InterruptedException {
    long before = Hakmem.counters(sizeClass).pops();
    Ended ended = run("pairs", String.valueOf(operations), "200");
    assertEquals(0, ended.exitCode());
    Matcher matcher = LAST_LINE.matcher(ended.lastLine());
    assertTrue(matcher.matches(), ended::lastLine);
    assertEquals(String.valueOf(operations), matcher.group(2));
    assertEquals(Hakmem.counters(sizeClass).pops(), Hakmem.counters(sizeClass).pushes());
    return Hakmem.counters(sizeClass).pops() - before;
  }

  /** Whatever the warm-up does, a longer run does exactly the difference more. */
  @Test
  void theTimedPartDoesTheOperationsThatItReports() throws InterruptedException {
    long[] shortRun = allocationsOf(1_000);
    long[] longRun = allocationsOf(301_000);
    long[] expectedShort = new Simulation(1_000, 500, 7, 16, 1039).allocations;
    long[] expectedLong = new Simulation(301_000, 500, 7, 16, 1039).allocations;
    for (int c = 0; c < SizeClasses.COUNT; c++) {
      assertEquals(expectedLong[c] - expectedShort[c], longRun[c] - shortRun[c], "class " + c);
    }
  }

  /** Compiled code is what is timed: the warm-up alone is many times what compiles a method. */
  @Test
  void warmsUpBeforeTheTimedPart() throws InterruptedException {
    long sum = 0;
    for (long allocations : allocationsOf(1)) {
      sum += allocations;
    }
    assertTrue(sum > 1_000_000, sum + " allocations");
  }

  private static long[] allocationsOf(long operations) throws InterruptedException {
    long[] before = new long[SizeClasses.COUNT];
    for (int c = 0; c < before.length; c++) {
      before[c] = Hakmem.counters(c).pops();
    }
    assertEquals(0, run("random-mixed", String.valueOf(operations), "500", "7").exitCode());
    long[] done = new long[SizeClasses.COUNT];
    for (int c = 0; c < before.length; c++) {
      done[c] = Hakmem.counters(c).pops() - before[c];
      assertEquals(Hakmem.counters(c).pops(), Hakmem.counters(c).pushes(), "class " + c);
    }
    return done;
  }

  @Test
  void theProcessEndsWithTheSameCodes() throws Exception {
    assertEquals(2, exitCodeOfProcess("random-mixed", "-1"));
    assertEquals(0, exitCodeOfProcess("random-mixed", "1000", "16", "1", "16", "64"));
  }

  private static int exitCodeOfProcess(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                home(Hakmem.class) + System.getProperty("path.separator") + home(Main.class),
                Main.class.getName()));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("child", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), "still running");
      return process.exitValue();
    } finally {
      process.destroyForcibly();
      Files.delete(output);
    }
  }

  private static String home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
