package io.hakmem.analysis.live;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.AgentLoadException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/** A running JVM, reached through the JDK's Attach API. For one thread at a time. */
public final class TargetJvm implements AutoCloseable {

  private static final int OLDEST = 25;
  private static final String ROOT = "root";

  private final long pid;
  private final VirtualMachine machine;
  private final Answers answers;

  private TargetJvm(long pid, VirtualMachine machine, Answers answers) {
    this.pid = pid;
    this.machine = machine;
    this.answers = answers;
  }

  /**
   * Attaches to a process, once it is known to be a JVM that may be attached to.
   *
   * @param patience how long it may take to answer, each time that it is asked
   */
  public static TargetJvm attach(long pid, Duration patience) throws TargetException {
    ProcessHandle process =
        ProcessHandle.of(pid)
            .orElseThrow(() -> new TargetException("there is no process %d".formatted(pid)));
    if (pid == ProcessHandle.current().pid()) {
      throw new TargetException("process %d is hakmem itself".formatted(pid));
    }
    checkUser(pid, process.info().user().orElse(""), System.getProperty("user.name", ""));
    // The Attach API sends SIGQUIT, which ends many a program that is no JVM.
    if (!isJvm(pid)) {
      throw new TargetException("process %d is not a Java process".formatted(pid));
    }
    Answers answers = new Answers(pid, patience);
    try {
      VirtualMachine machine = answers.within(() -> VirtualMachine.attach(String.valueOf(pid)));
      return new TargetJvm(pid, machine, answers);
    } catch (TargetException e) {
      throw e;
    } catch (Exception e) {
      throw new TargetException(
          ("process %d refuses to be attached to (%s); was it started with"
                  + " -XX:+DisableAttachMechanism, or is it stopped?")
              .formatted(pid, e.getMessage()));
    }
  }

  /** A JVM answers its own user and root only. */
  static void checkUser(long pid, String owner, String user) throws TargetException {
    if (!owner.isEmpty() && !owner.equals(user) && !user.equals(ROOT)) {
      throw new TargetException(
          "permission denied: process %d belongs to %s, you are %s; run hakmem as %s"
              .formatted(pid, owner, user, owner));
    }
  }

  private static boolean isJvm(long pid) {
    Path maps = Path.of("/proc/" + pid + "/maps");
    if (Files.isReadable(maps)) {
      try {
        // Paths in it may be in any encoding; what is looked for is not.
        return Files.readString(maps, StandardCharsets.ISO_8859_1).contains("/libjvm.");
      } catch (IOException e) {
        // It may be protected all the same; there is another way to ask.
      }
    }
    return VirtualMachine.list().stream().anyMatch(jvm -> jvm.id().equals(String.valueOf(pid)));
  }

  /** What its system properties say now. */
  public LiveState state() throws TargetException {
    return LiveState.of(properties());
  }

  private Properties properties() throws TargetException {
    try {
      return answers.within(machine::getSystemProperties);
    } catch (TargetException e) {
      throw e;
    } catch (Exception e) {
      throw new TargetException("process %d does not answer (%s)".formatted(pid, e.getMessage()));
    }
  }

  /** Loads the agent; when this returns the agent has done what it could. */
  public void load(Path agentJar, AgentOptions options) throws TargetException {
    String version = properties().getProperty("java.specification.version", "");
    if (!isNewEnough(version)) {
      throw new TargetException(
          "process %d runs Java %s; the agent needs %d or later".formatted(pid, version, OLDEST));
    }
    try {
      answers.within(
          () -> {
            machine.loadAgent(agentJar.toString(), options.text());
            return options;
          });
    } catch (TargetException e) {
      throw e;
    } catch (AgentLoadException e) {
      throw new TargetException(
          ("process %d refuses to load an agent (%s); it has to be started with"
                  + " -XX:+EnableDynamicAgentLoading")
              .formatted(pid, e.getMessage()));
    } catch (AgentInitializationException e) {
      throw new TargetException(
          "the agent did not start in process %d (%s); its stderr says why"
              .formatted(pid, e.getMessage()));
    } catch (Exception e) {
      throw new TargetException(
          "process %d ended or does not answer (%s)".formatted(pid, e.getMessage()));
    }
  }

  static boolean isNewEnough(String version) {
    try {
      return Integer.parseInt(version) >= OLDEST;
    } catch (NumberFormatException e) {
      // "1.8", or nothing at all.
      return false;
    }
  }

  @Override
  public void close() {
    try {
      machine.detach();
    } catch (IOException e) {
      // The JVM has ended, or closed the connection first.
    }
  }
}
