package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.tools.attach.VirtualMachine;
import io.hakmem.agent.app.HandOver;
import java.io.BufferedReader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Swaps the path again and again under threads that hand each other blocks. */
class SwapUnderLoadIT {

  private static final int SWAPS = 20;
  private static final List<String> CYCLE = List.of("guarded", "checked-scan", "direct");

  @TempDir Path folder;

  @Test
  void noBlockIsLostAndNoneIsRefused() throws Exception {
    List<String> command = ChildJvm.java("-XX:+EnableDynamicAgentLoading");
    command.addAll(
        List.of(
            "-cp",
            ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.testClasses()),
            HandOver.class.getName()));
    Path err = folder.resolve("application.err");
    Process process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    try (BufferedReader answers = process.inputReader()) {
      assertEquals("running", answers.readLine());
      try (Writer questions = process.outputWriter()) {
        swap(process, questions, answers);
      }
      String last = String.valueOf(answers.readLine());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals("", Files.readString(err));
      assertEquals(0, process.exitValue());
      assertEquals("in use 0 cached 0 committed 0 after many allocations", last);
    } finally {
      process.destroyForcibly();
    }
  }

  private static void swap(Process process, Writer questions, BufferedReader answers)
      throws Exception {
    VirtualMachine target = VirtualMachine.attach(String.valueOf(process.pid()));
    try {
      String previous = "direct";
      for (int i = 0; i < SWAPS; i++) {
        String path = CYCLE.get(i % CYCLE.size());
        target.loadAgent(ChildJvm.agentJar().toString(), "push=" + path);
        questions.write('\n');
        questions.flush();
        String live = "path=%s, previous=%s, by=attach, proven=true".formatted(path, previous);
        assertEquals("Installed[" + live + "]", answers.readLine());
        // Enough for every thread to fill, spill and refill its lists on this path.
        Thread.sleep(100);
        previous = path;
      }
    } finally {
      target.detach();
    }
  }
}
