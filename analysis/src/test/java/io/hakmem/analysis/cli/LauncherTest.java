package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.cli.PreparedCheckout.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher {@code hakmem} in the root of the checkout, run by the system's {@code sh}. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

  private static final int FROM_THE_PROGRAM = 42;
  private static final int NO_JDK_OR_MAVEN = 4;
  private static final int BUILD_FAILED = 5;

  @TempDir Path folder;
  private PreparedCheckout checkout;

  @BeforeEach
  void prepare() throws IOException {
    checkout = new PreparedCheckout(folder);
  }

  @Nested
  class Start {

    @BeforeEach
    void addJdk() throws IOException {
      checkout.jdk("jdk 25", "25.0.3");
    }

    @Test
    void passesArgumentsAndTheExitCodeThrough() throws Exception {
      Run run = checkout.run("analyze", "a  b.jfr", "", "*");
      assertEquals(FROM_THE_PROGRAM, run.exit(), run.err());
      assertEquals("", run.err());
      List<String> arguments =
          run.out().lines().filter(line -> line.startsWith("argument=")).toList();
      int jar =
          arguments.indexOf(
              "argument=" + checkout.root.resolve("analysis/target/hakmem-analysis.jar"));
      assertEquals(
          List.of("argument=analyze", "argument=a  b.jfr", "argument=", "argument=*"),
          arguments.subList(jar + 1, arguments.size()));
      assertTrue(arguments.contains("argument=--enable-native-access=ALL-UNNAMED"));
      assertTrue(arguments.contains("argument=-Dhakmem.home=" + checkout.root));
    }

    @Test
    void becomesTheJvmSoThatSignalsReachIt() throws Exception {
      Run run = checkout.run();
      assertEquals(Long.toString(run.pid()), run.value("pid"));
    }

    @Test
    void isFoundThroughChainsOfSymbolicLinks() throws Exception {
      Files.createDirectories(checkout.file("bin"));
      Files.createSymbolicLink(checkout.file("bin/first"), Path.of("../my checkout/hakmem"));
      Files.createSymbolicLink(checkout.file("bin/second"), checkout.file("bin/first"));
      Run run = checkout.run(checkout.file("bin"), checkout.file("bin/second").toString());
      assertTrue(run.out().contains("-Dhakmem.home=" + checkout.root + "\n"), run.out());
    }

    @Test
    void isFoundByItsBareName() throws Exception {
      Run run = checkout.run(checkout.root, "hakmem");
      assertTrue(run.out().contains("-Dhakmem.home=" + checkout.root + "\n"), run.out());
    }

    @Test
    void ignoresCdpath() throws Exception {
      checkout.environment.put("CDPATH", checkout.file("jdks").toString());
      Files.createDirectories(checkout.file("jdks/my checkout"));
      Run run = checkout.run(checkout.file("."), "my checkout/hakmem");
      assertTrue(run.out().contains("-Dhakmem.home=" + checkout.root + "\n"), run.out());
    }
  }

  @Nested
  class Jdk {

    @Test
    void ofJavaHomeComesFirst() throws Exception {
      checkout.jdk("a", "25.0.1");
      checkout.environment.put("JAVA_HOME", checkout.jdk("b", "26-ea").toString());
      assertEquals("b", checkout.run().value("jdk"));
    }

    @Test
    void ofAnOldJavaHomeIsPassedOver() throws Exception {
      checkout.environment.put("JAVA_HOME", checkout.jdk("a old", "17.0.15").toString());
      checkout.jdk("b", "25");
      Run run = checkout.run();
      assertEquals("b", run.value("jdk"));
      assertEquals("", run.err());
    }

    @Test
    void withoutCompilerIsPassedOver() throws Exception {
      Files.delete(checkout.jdk("a jre", "25").resolve("bin/javac"));
      checkout.jdk("b", "25");
      assertEquals("b", checkout.run().value("jdk"));
    }

    @Test
    void onPathIsFoundThroughItsLink() throws Exception {
      Path jdk = checkout.jdk("x", "25.0.3");
      checkout.environment.put("HAKMEM_JDKS", checkout.file("nowhere").toString());
      Files.createSymbolicLink(checkout.file("tools/java"), jdk.resolve("bin/java"));
      assertEquals("x", checkout.run().value("jdk"));
    }

    @Test
    void isPrintedForScriptsWithoutABuild() throws Exception {
      Path jdk = checkout.jdk("x", "25.0.3");
      Files.delete(checkout.root.resolve(PreparedCheckout.JARS.get(0)));
      Run run = checkout.run("--java-home");
      assertEquals(0, run.exit(), run.err());
      assertEquals(jdk + "\n", run.out());
    }

    @Test
    void missingIsSaidWithWhatWasFoundInstead() throws Exception {
      checkout.environment.put("JAVA_HOME", checkout.jdk("old", "17.0.15").toString());
      checkout.jdk("ancient", "1.8.0_292");
      Run run = checkout.run("--help");
      assertEquals(NO_JDK_OR_MAVEN, run.exit());
      assertEquals("", run.out());
      assertTrue(run.err().startsWith("hakmem: no JDK 25 or later found."), run.err());
      assertTrue(run.err().contains("/old is 17\n"), run.err());
      assertTrue(run.err().contains("/ancient is 1\n"), run.err());
    }
  }

  @Nested
  class Build {

    private Path jdk = Path.of("");

    @BeforeEach
    void addJdk() throws IOException {
      jdk = checkout.jdk("jdk", "25");
    }

    @Test
    void happensOnceWhenAJarIsMissing() throws Exception {
      checkout.maven(PreparedCheckout.makeJars());
      Files.delete(checkout.root.resolve(PreparedCheckout.JARS.get(3)));
      Run first = checkout.run();
      assertEquals(FROM_THE_PROGRAM, first.exit(), first.err());
      assertEquals("Building Hakmem (first use, about a minute)...\n", first.err());
      assertEquals("", checkout.run().err());
      assertEquals(1, checkout.builds().size());
      assertTrue(checkout.builds().get(0).startsWith(jdk + " "), "Maven runs on the JDK found");
    }

    @Test
    void happensWhenASourceIsNewerThanItsJar() throws Exception {
      checkout.maven(PreparedCheckout.makeJars());
      Instant now = Instant.now();
      for (String jar : PreparedCheckout.JARS) {
        checkout.jar(jar, now.plusSeconds(60));
      }
      assertEquals("", checkout.run().err());
      checkout.jar("allocator/target/hakmem-allocator.jar", now.minusSeconds(60));
      assertEquals("Building Hakmem (the sources changed)...\n", checkout.run().err());
      assertEquals("", checkout.run().err());
    }

    @Test
    void thatLeavesAnUnchangedJarAloneIsNotRepeated() throws Exception {
      checkout.maven("mkdir -p analysis/target/lib");
      checkout.jar("agent/target/hakmem-agent.jar", Instant.now().minusSeconds(60));
      checkout.run();
      checkout.run();
      assertEquals(1, checkout.builds().size());
    }

    @Test
    void thatFailsShowsItsEndAndIsTriedAgain() throws Exception {
      checkout.maven("echo boom; exit 1");
      Files.delete(checkout.root.resolve(PreparedCheckout.JARS.get(0)));
      for (int attempt = 1; attempt <= 2; attempt++) {
        Run run = checkout.run();
        assertEquals(BUILD_FAILED, run.exit());
        assertEquals("", run.out());
        assertTrue(run.err().contains("\nboom\n"), run.err());
        assertTrue(run.err().contains("target/hakmem-build.log"), run.err());
        assertEquals(attempt, checkout.builds().size());
      }
    }

    @Test
    void withoutMavenSaysWhatToInstall() throws Exception {
      Files.delete(checkout.root.resolve(PreparedCheckout.JARS.get(0)));
      Run run = checkout.run();
      assertEquals(NO_JDK_OR_MAVEN, run.exit());
      assertTrue(run.err().contains("apt install maven"), run.err());
    }

    @Test
    void isSharedByStartsAtTheSameTime() throws Exception {
      checkout.maven("sleep 1; " + PreparedCheckout.makeJars());
      Files.delete(checkout.root.resolve(PreparedCheckout.JARS.get(4)));
      List<Process> starts = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        starts.add(checkout.start(checkout.root, "hakmem"));
      }
      for (Process start : starts) {
        Run run = PreparedCheckout.finish(start);
        assertEquals(FROM_THE_PROGRAM, run.exit(), run.err());
      }
      assertEquals(1, checkout.builds().size());
    }

    @Test
    void takesOverTheLockOfADeadProcess() throws Exception {
      checkout.maven(PreparedCheckout.makeJars());
      Files.delete(checkout.root.resolve(PreparedCheckout.JARS.get(4)));
      Process dead = new ProcessBuilder("/bin/sh", "-c", ":").start();
      dead.waitFor();
      Path lock = Files.createDirectories(checkout.root.resolve("target")).resolve("hakmem.lock");
      Files.createSymbolicLink(lock, Path.of(Long.toString(dead.pid())));
      Run run = checkout.run();
      assertEquals(FROM_THE_PROGRAM, run.exit(), run.err());
      assertFalse(Files.exists(lock, LinkOption.NOFOLLOW_LINKS));
    }
  }
}
