package io.hakmem.benchmarks.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** Counts what C2's code does on the fast path of the handle. */
class GoldenCodeTest {

  private static final String FREE = "io.hakmem.ThreadCache::free";
  private static final String SIZED_FREE = FREE + "(JJ)V";
  private static final String ALLOCATE = "io.hakmem.ThreadCache::allocate";

  @TempDir Path folder;

  @BeforeAll
  static void canBeRead() throws InterruptedException {
    String machine = System.getProperty("os.arch");
    assumeTrue(
        machine.equals("amd64") || machine.equals("x86_64"),
        () -> "skipped: the code of " + machine + " is not what this test reads");
    assumeTrue(Child.exists("objdump"), "skipped: objdump is not installed (Debian: binutils)");
  }

  /** The code of both methods, each compiled by itself, with some classes put in front. */
  private static String print(String classPathFirst) throws IOException, InterruptedException {
    return print(classPathFirst, FREE, ALLOCATE, "");
  }

  private static String print(String classPathFirst, String one, String other, String mode)
      throws IOException, InterruptedException {
    return Child.java(
        classPathFirst,
        List.of(
            "-Xbatch",
            "-XX:-TieredCompilation",
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=dontinline,io.hakmem.ThreadCache::*",
            "-XX:CompileCommand=print," + one,
            "-XX:CompileCommand=print," + other,
            TightLoop.class.getName(),
            mode));
  }

  private static MachineCode codeOf(String output, String method)
      throws IOException, InterruptedException {
    MachineCode code = MachineCode.of(output, method);
    assumeTrue(!code.isEmpty(), "skipped: this JVM has no C2 that prints its code");
    return code;
  }

  private static void assertDirectFree(MachineCode code, int stores) {
    FastPath path = FastPath.of(code);
    assertNotNull(path, "every way from free's entry to its return makes a call");
    assertTrue(
        path.loads() <= 4 && path.stores() <= stores && path.branches() <= 3, path::toString);
  }

  /** The fourth store, of the header, would write what was just read: C2 leaves it out. */
  @Test
  void directFreeIsThreeStoresFourLoadsThreeBranchesAndNoCall()
      throws IOException, InterruptedException {
    MachineCode code = codeOf(print(""), FREE);
    assertDirectFree(code, 3);
    FastPath path = FastPath.of(code);
    assertNotNull(path);
    assertEquals(3, path.stores(), () -> "next, head and budget: " + path);
  }

  /** The four loads are of the handle, the class by size, the budget and the head: no header. */
  @Test
  void aFreeThatNamesTheSizeReadsNothingOfTheBlock() throws IOException, InterruptedException {
    String output = print("", SIZED_FREE, SIZED_FREE, TightLoop.SIZED);
    MachineCode code = codeOf(output, FREE);
    assertDirectFree(code, 4);
    String guarded = withPush("GuardedPush", "return GuardedPush.push(cache, sizeClass, base);");
    output = print(guarded, SIZED_FREE, SIZED_FREE, TightLoop.SIZED);
    assertNull(FastPath.of(codeOf(output, FREE)), "the guarded path has to call what looks at it");
  }

  @Test
  void allocateMakesNoCallAndStaysSmall() throws IOException, InterruptedException {
    FastPath path = FastPath.of(codeOf(print(""), ALLOCATE));
    assertNotNull(path, "every way from allocate's entry to its return makes a call");
    assertTrue(path.loads() <= 5 && path.stores() <= 3 && path.branches() <= 2, path::toString);
    assertEquals(3, path.stores(), () -> "head, budget and header: " + path);
  }

  /** With a store in between the header's is no longer what was just read, and stays. */
  @Test
  void oneMoreStoreFails() throws IOException, InterruptedException {
    String push =
        "io.hakmem.memory.RawMemory.putLong(cache + 56, base);"
            + " return DirectPush.push(cache, sizeClass, base);";
    MachineCode code = codeOf(print(withPush("DirectPush", push)), FREE);
    AssertionFailedError failed =
        assertThrows(AssertionFailedError.class, () -> assertDirectFree(code, 3));
    assertTrue(String.valueOf(failed.getMessage()).contains("5 stores"), failed::toString);
  }

  @Test
  void theCheckedScanFails() throws IOException, InterruptedException {
    String push = "return CheckedScanPush.push(cache, sizeClass, base);";
    MachineCode code = codeOf(print(withPush("CheckedScanPush", push)), FREE);
    assertThrows(AssertionFailedError.class, () -> assertDirectFree(code, 3));
  }

  /** Compiles another seam, as the agent would put it in; returns the start of a class path. */
  private String withPush(String path, String push) throws IOException {
    Path source =
        Files.createDirectories(folder.resolve("io/hakmem/thread")).resolve("FreePath.java");
    Files.writeString(
        source,
        """
        package io.hakmem.thread;
        public final class FreePath {
          public static int header(long base) { return PATH.header(base); }
          public static boolean goesBySize(long user) { return PATH.goesBySize(user); }
          public static boolean push(long cache, int sizeClass, long base) { PUSH }
          public static long pop(long cache, int sizeClass, long requested) {
            return PATH.pop(cache, sizeClass, requested);
          }
          public static boolean checks() { return PATH.checks(); }
          public static void resized(long block, long user, long requested) {
            PATH.resized(block, user, requested);
          }
          public static boolean checkSize(long user, long size) {
            return PATH.checkSize(user, size);
          }
        }
        """
            .replace("PATH", path)
            .replace("PUSH", push));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int code =
        compiler.run(
            null,
            null,
            null,
            "-proc:none",
            "-cp",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            source.toString());
    assertEquals(0, code, "the other seam does not compile");
    assertFalse(folder.toString().contains(File.pathSeparator));
    return folder + File.pathSeparator;
  }
}
