package io.hakmem.agent;

import java.lang.instrument.Instrumentation;
import org.jspecify.annotations.Nullable;

/**
 * The agent's two doors. Neither throws, whatever happens: a throw out of {@code premain} would end
 * the JVM, and the application must run on unchanged.
 */
public final class HakmemAgent {

  private HakmemAgent() {}

  /** Called for {@code -javaagent}, before the application's main. */
  public static void premain(@Nullable String arguments, Instrumentation instrumentation) {
    try {
      Installation.atStart(AgentOptions.read(arguments), instrumentation);
    } catch (AgentOptions.InvalidException e) {
      Console.refused(e);
    } catch (Throwable e) {
      Console.failed("start", e);
    }
  }

  /**
   * Called when the agent is loaded into a running JVM; and before the application's main where the
   * agent is in the application's own jar, as its {@code Launcher-Agent-Class}.
   */
  public static void agentmain(@Nullable String arguments, Instrumentation instrumentation) {
    try {
      Console.clearProblem();
      Installation.live(AgentOptions.read(arguments), instrumentation);
    } catch (AgentOptions.InvalidException e) {
      Console.refused(e);
    } catch (Throwable e) {
      Console.failed("the swap in the running JVM", e);
    }
  }
}
