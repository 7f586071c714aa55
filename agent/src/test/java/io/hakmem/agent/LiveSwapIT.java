package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.hakmem.agent.app.Inspected;
import io.hakmem.agent.app.IsolatedLoaders;
import io.hakmem.agent.app.Reports;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the built jar into running JVMs, as an operator does with {@code jcmd}. */
class LiveSwapIT {

  private static final String LOADING = "-XX:+EnableDynamicAgentLoading";

  @TempDir Path folder;

  @Test
  void swapsBothWaysAndBack() throws Exception {
    try (RunningApplication application = reports(LOADING)) {
      assertEquals(live("direct", "", "default"), application.ask(""));
      application.load("push=checked-scan");
      assertEquals(live("checked-scan", "direct", "attach"), application.ask(""));
      application.load("push=direct,verbose=true");
      assertEquals(live("direct", "checked-scan", "attach"), application.ask(""));
      application.load("push=checked-scan");
      application.load("push=checked-scan");
      assertEquals(live("checked-scan", "checked-scan", "attach"), application.ask(""));
      application.load("enabled=false");
      assertEquals(live("direct", "checked-scan", "attach"), application.ask(""));
      application.load("enabled=false");
      assertEquals(live("direct", "checked-scan", "attach"), application.ask(""));
      List<String> lines = application.end();
      assertEquals(2, lines.size(), lines.toString());
      assertTrue(lines.get(0).startsWith("hakmem-agent: options push=direct (agent arguments), "));
      assertEquals("hakmem-agent: push=direct is live, a probe has proven it", lines.get(1));
    }
  }

  @Test
  void changesWhatAnAgentPutInPlaceAtTheStart() throws Exception {
    try (RunningApplication application = reports(LOADING, ChildJvm.agent("push=checked-scan"))) {
      assertEquals(live("checked-scan", "", "agent"), application.ask(""));
      application.load("push=direct");
      assertEquals(live("direct", "checked-scan", "attach"), application.ask(""));
      assertEquals(List.of(), application.end());
    }
  }

  @Test
  void wrongArgumentsChangeNothing() throws Exception {
    try (RunningApplication application = reports(LOADING)) {
      assertEquals(live("direct", "", "default"), application.ask(""));
      application.load("push=fast");
      assertEquals(live("direct", "", "default"), application.ask(""));
      List<String> lines = application.end();
      assertEquals(1, lines.size(), lines.toString());
      assertTrue(lines.get(0).contains("valid: push=direct|guarded|"), lines.toString());
    }
  }

  @Test
  void waitsForAnAllocatorThatStartsLater() throws Exception {
    try (RunningApplication application = reports(LOADING)) {
      application.load("push=checked-scan");
      assertEquals(live("checked-scan", "", "agent"), application.ask(""));
      assertEquals(List.of(), application.end());
    }
  }

  @Test
  void whoSwitchedTheAgentOffIsAskedFirst() throws Exception {
    try (RunningApplication application = reports(LOADING, "-Dhakmem.enabled=false")) {
      assertEquals(live("direct", "", "default"), application.ask(""));
      application.load("push=guarded");
      assertEquals(live("direct", "", "default"), application.ask(""));
      application.load("push=guarded,enabled=true");
      assertEquals(live("guarded", "direct", "attach"), application.ask(""));
      List<String> lines = application.end();
      assertEquals(1, lines.size(), lines.toString());
      assertTrue(lines.get(0).contains("ask for enabled=true as well"), lines.toString());
    }
  }

  /** Without the flag the JVM itself warns, in four lines; all the rest is the same. */
  @Test
  void withoutTheFlagItWorksAllTheSame() throws Exception {
    try (RunningApplication application = reports()) {
      assertEquals(live("direct", "", "default"), application.ask(""));
      application.load("push=guarded");
      assertEquals(live("guarded", "direct", "attach"), application.ask(""));
      List<String> lines = application.end();
      assertEquals(4, lines.size(), lines.toString());
      assertTrue(lines.stream().allMatch(line -> line.startsWith("WARNING: ")), lines.toString());
    }
  }

  /** What an operator set stays until it is set again or everything is undone. */
  @Test
  void thePolicyIsHandedOverAndTakenBack() throws Exception {
    try (RunningApplication application =
        RunningApplication.start(folder, Inspected.class, LOADING)) {
      assertEquals("throw", application.ask("policy"));
      application.load("push=checked,onInvalid=report");
      assertEquals("report", application.ask("policy"));
      assertEquals("unnoticed", application.ask("free twice"));
      application.load("push=guarded,verbose=true");
      assertEquals("report", application.ask("policy"));
      application.load("push=checked,onInvalid=throw");
      assertEquals("caught", application.ask("free twice"));
      application.load("enabled=false");
      assertEquals("throw", application.ask("policy"));
      List<String> lines = application.end();
      assertTrue(lines.stream().anyMatch(line -> line.contains("doubleFree")), lines::toString);
      assertTrue(
          lines.stream()
              .anyMatch(line -> line.endsWith("onInvalid=report (earlier agent arguments)")),
          lines::toString);
    }
  }

  @Test
  void everyClassLoaderIsSwapped() throws Exception {
    List<String> flags = List.of(LOADING, "-cp", ChildJvm.testClasses().toString());
    String jar = ChildJvm.allocatorJar().toString();
    try (RunningApplication application =
        new RunningApplication(folder, flags, IsolatedLoaders.class, jar)) {
      assertEquals(live("direct", "", "default"), application.answer());
      assertEquals(live("direct", "", "default"), application.answer());
      application.load("push=guarded");
      assertEquals(live("guarded", "direct", "attach"), application.ask(""));
      assertEquals(live("guarded", "direct", "attach"), application.answer());
      application.load("enabled=false");
      assertEquals(live("direct", "guarded", "attach"), application.ask(""));
      assertEquals(live("direct", "guarded", "attach"), application.answer());
      assertEquals(List.of(), application.end());
    }
  }

  @Test
  void aModuleIsSwapped() throws Exception {
    Process process =
        new ProcessBuilder(
                ChildJvm.tool("java"),
                LOADING,
                "--enable-native-access=hakmem.allocator",
                "--module-path",
                ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.benchmarksJar()),
                "--module",
                "hakmem.benchmarks/" + io.hakmem.benchmarks.Main.class.getName(),
                "random-mixed",
                String.valueOf(Integer.MAX_VALUE),
                "64")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("module.out").toFile())
            .start();
    try {
      VirtualMachine target = VirtualMachine.attach(String.valueOf(process.pid()));
      try {
        while (target.getSystemProperties().getProperty("hakmem.live.path") == null) {
          assertTrue(process.isAlive());
          Thread.sleep(20);
        }
        target.loadAgent(ChildJvm.agentJar().toString(), "push=guarded");
        Properties properties = target.getSystemProperties();
        assertEquals("guarded", properties.getProperty("hakmem.live.path"));
        assertEquals("true", properties.getProperty("hakmem.live.proven"));
      } finally {
        target.detach();
      }
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private RunningApplication reports(String... flags) throws Exception {
    return RunningApplication.start(folder, Reports.class, flags);
  }

  private static String live(String path, String previous, String by) {
    return "Installed[path=%s, previous=%s, by=%s, proven=true]".formatted(path, previous, by);
  }
}
