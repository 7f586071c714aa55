package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every program of the catalogue in a JVM of its own: what kind is said, with which stacks. */
class MisuseCatalogueTest {

  private static final List<String> ALL_STACKS = List.of("-Dhakmem.checked.stacks=1");

  @TempDir static Path folder;

  private static final ExecutorService TWO = Executors.newFixedThreadPool(2);
  private static final Map<String, Future<ChildJvm.Result>> RUNNING =
      new java.util.LinkedHashMap<>();

  @BeforeAll
  static void startAll() throws Exception {
    Seams.write(folder.resolve("checked"), "CheckedPush");
    for (String name : Misuses.all().keySet()) {
      RUNNING.put(
          name,
          TWO.submit(() -> SwappedJvm.run(folder, "checked", Misuses.class, ALL_STACKS, name)));
    }
  }

  @AfterAll
  static void stop() {
    TWO.shutdownNow();
  }

  @TestFactory
  Stream<DynamicTest> theCheckedPathSaysWhatIsWrong() {
    return RUNNING.entrySet().stream()
        .map(
            entry ->
                DynamicTest.dynamicTest(
                    entry.getKey(), () -> check(entry.getKey(), entry.getValue().get())));
  }

  private static void check(String name, ChildJvm.Result result) {
    Misuses.Entry entry = Misuses.entry(name);
    assertEquals(0, result.exitCode(), result.output());
    assertTrue(result.lines().contains("== " + name + ": " + entry.kind()), result.output());
    if (entry.stacks()) {
      assertTrue(result.output().contains("allocated by thread #"), result.output());
      assertTrue(result.output().contains("    at io.hakmem.misuse.Misuses."), result.output());
    }
    boolean freed = entry.kind().equals("doubleFree") || entry.kind().equals("writeAfterFree");
    if (entry.stacks() && freed) {
      assertTrue(result.output().contains("first freed by thread #"), result.output());
    }
  }

  @Test
  void theCatalogueIsLarge() {
    assertTrue(Misuses.all().size() >= 40, () -> Misuses.all().size() + " programs");
  }

  /** What one byte of state can tell; the first free went through the same path. */
  @Test
  void theGuardedPathSeesItsShare() throws Exception {
    Map<String, String> share =
        Map.of(
            "double free tiny", "doubleFree",
            "double free medium", "doubleFree",
            "double free in another thread", "doubleFree",
            "double free with others between", "doubleFree",
            "double free aligned", "doubleFree",
            "double free after the block went to the central list", "doubleFree",
            "double free of a segment", "doubleFree",
            "header overwritten", "headerDamaged",
            "header of a span overwritten", "headerDamaged");
    List<String> names = new ArrayList<>(share.keySet());
    ChildJvm.Result result =
        SwappedJvm.run(folder, "guarded", Misuses.class, List.of(), names.toArray(String[]::new));
    assertEquals(0, result.exitCode(), result.output());
    share.forEach(
        (name, kind) ->
            assertTrue(result.lines().contains("== " + name + ": " + kind), result.output()));
  }

  @Test
  void reportGoesOnAndHaltEnds() throws Exception {
    ChildJvm.Result reported =
        SwappedJvm.run(
            folder,
            "checked",
            Misuses.class,
            List.of("-Dhakmem.onInvalid=report"),
            "double free tiny",
            "one byte too many tiny");
    assertEquals(0, reported.exitCode(), reported.output());
    assertTrue(reported.output().contains("hakmem: invalid free of 0x"), reported.output());
    assertTrue(reported.lines().contains("== one byte too many tiny: nothing"), reported.output());

    ChildJvm.Result halted =
        SwappedJvm.run(
            folder,
            "checked",
            Misuses.class,
            List.of("-Dhakmem.onInvalid=halt"),
            "double free tiny",
            "one byte too many tiny");
    assertEquals(86, halted.exitCode(), halted.output());
    assertTrue(halted.output().contains("doubleFree"), halted.output());
  }
}
