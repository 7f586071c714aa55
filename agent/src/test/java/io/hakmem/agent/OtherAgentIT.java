package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hakmem.agent.app.Inspected;
import io.hakmem.agent.app.SecondAgent;
import io.hakmem.agent.app.Witness;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Beside another agent that changes the same class, and which byte code is live then. */
class OtherAgentIT {

  private static final String LOADING = "-XX:+EnableDynamicAgentLoading";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bothAgentsWork(boolean otherFirst) throws Exception {
    String ours = ChildJvm.agent("push=guarded");
    String other = "-javaagent:" + witness() + "=instrument";
    ChildJvm.Result result =
        ChildJvm.run(
            ChildJvm.java(
                otherFirst ? other : ours,
                otherFirst ? ours : other,
                "-cp",
                ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.testClasses()),
                SecondAgent.class.getName()));
    assertEquals(
        List.of("guarded, calls seen", "guarded, calls seen"), result.out().lines().toList());
    assertEquals("", result.err());
    assertEquals(0, result.exit());
  }

  @Test
  void aLiveSwapKeepsWhatTheOtherAgentDid() throws Exception {
    try (RunningApplication application =
        RunningApplication.start(
            folder, Inspected.class, LOADING, "-javaagent:" + witness() + "=instrument")) {
      String before = application.ask("seam");
      application.load("push=guarded");
      application.load(witness(), "");
      assertEquals("caught", application.ask("free twice"));
      assertNotEquals(before, application.ask("seam"));
      assertEquals("caught", application.ask("free twice"));
      application.load("enabled=false");
      assertEquals(before, application.ask("seam"));
      assertEquals("unnoticed", application.ask("free twice"));
      assertEquals(List.of(), application.end());
    }
  }

  /** The seam changes and nothing else; undo gives it back, instruction by instruction. */
  @Test
  void onlyTheSeamChangesAndUndoGivesItBack() throws Exception {
    try (RunningApplication application =
        RunningApplication.start(folder, Inspected.class, LOADING, "-javaagent:" + witness())) {
      String before = application.ask("seam");
      application.load("push=guarded");
      application.load(witness(), "");
      assertNotEquals(before, application.ask("seam"));
      assertEquals("guarded", application.ask("path"));
      assertEquals("caught", application.ask("free twice"));
      assertEquals("[io.hakmem.thread.FreePath]", application.ask("changed"));
      assertEquals("not found", application.ask("boot"));
      application.load("enabled=false");
      assertEquals(before, application.ask("seam"));
      assertEquals("direct", application.ask("path"));
      assertEquals("unnoticed", application.ask("free twice"));
      assertEquals("[]", application.ask("changed"));
      assertEquals(List.of(), application.end());
    }
  }

  /** A jar that is nothing but a manifest: the class is on the class path. */
  private Path witness() throws Exception {
    String witness = Witness.class.getName();
    return Jars.of(
        folder.resolve("witness.jar"),
        Map.of(
            "Premain-Class", witness, "Agent-Class", witness, "Can-Retransform-Classes", "true"));
  }
}
