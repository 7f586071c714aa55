package io.hakmem.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import org.jspecify.annotations.Nullable;

/** The one transformer that the agent has in this JVM, and what it was asked for. Thread-safe. */
final class Installation {

  /**
   * The transformer, and the instrumentation that knows it: every load of the agent brings one of
   * its own, and only the one that added a transformer can remove it.
   *
   * @param live whether it can change a seam that is loaded already
   */
  private record Active(SeamTransformer transformer, Instrumentation owner, boolean live) {

    static Active add(PushPath path, Instrumentation owner) {
      boolean live = owner.isRetransformClassesSupported();
      SeamTransformer transformer = new SeamTransformer(path);
      owner.addTransformer(transformer, live);
      return new Active(transformer, owner, live);
    }

    void remove() {
      owner.removeTransformer(transformer);
    }
  }

  /** System property that says to the outside that the agent is here, and what it was asked for. */
  static final String OPTIONS_PROPERTY = "hakmem.agent.options";

  /** System property that says who set each of the options. */
  static final String SOURCES_PROPERTY = "hakmem.agent.sources";

  private static @Nullable Active active;
  private static @Nullable AgentOptions installed;

  private Installation() {}

  /**
   * Waits for the seam with the path that was asked for. A second {@code -javaagent} in the same
   * JVM changes nothing, and says so if it asks for something else.
   */
  static synchronized void atStart(AgentOptions options, Instrumentation instrumentation)
      throws ReflectiveOperationException, UnmodifiableClassException {
    if (installed != null) {
      if (!installed.text().equals(options.text())) {
        Console.say(
            "already installed with " + installed.text() + "; " + options.text() + " is ignored");
      }
      return;
    }
    accept(options);
    if (options.enabled()) {
      swap(options, instrumentation, "agent");
    }
  }

  /** Swaps, or undoes, in the running JVM. */
  static synchronized void live(AgentOptions options, Instrumentation instrumentation)
      throws ReflectiveOperationException, UnmodifiableClassException {
    accept(options);
    if (options.enabled()) {
      swap(options, instrumentation, "attach");
      return;
    }
    undo(instrumentation);
    if (options.isArgument(AgentOption.PUSH) && !options.isArgument(AgentOption.ENABLED)) {
      Console.problem(
          "switched off in this JVM by "
              + AgentOption.ENABLED.property()
              + " or "
              + AgentOption.ENABLED.environment()
              + "; ask for enabled=true as well");
    }
  }

  private static void accept(AgentOptions options) {
    installed = options;
    System.setProperty(OPTIONS_PROPERTY, options.text());
    System.setProperty(SOURCES_PROPERTY, options.sources());
    Proof.verbose(options.verbose());
    if (options.verbose()) {
      Console.say("options " + options.described());
    }
  }

  private static void swap(AgentOptions options, Instrumentation instrumentation, String by)
      throws ReflectiveOperationException, UnmodifiableClassException {
    PushPath path = options.push();
    if (path == null) {
      return;
    }
    Seams seams = Seams.loaded(instrumentation);
    if (!canChange(seams, instrumentation)) {
      return;
    }
    PushPath previous = active == null ? null : active.transformer().path();
    Active current = prepare(path, instrumentation);
    active = current;
    seams.retransform(instrumentation);
    if (current.transformer().failed()) {
      restore(current, previous, instrumentation, seams);
      return;
    }
    MisusePolicy.set(options.policy());
    seams.prove(path, by);
    if (seams.isEmpty() && options.verbose()) {
      Console.say("waits for " + AllocatorNames.SEAM);
    }
  }

  /** Only a jar whose manifest asks for it gets an instrumentation that changes loaded classes. */
  private static boolean canChange(Seams seams, Instrumentation instrumentation) {
    boolean able = seams.isEmpty() || instrumentation.isRetransformClassesSupported();
    if (!able) {
      Console.problem(
          "the allocator is loaded already, and the manifest of the jar that holds the agent lacks"
              + " 'Can-Retransform-Classes: true'; the application runs on unchanged");
    }
    return able;
  }

  private static Active prepare(PushPath path, Instrumentation instrumentation) {
    Active current = active;
    if (current != null && !current.live() && instrumentation.isRetransformClassesSupported()) {
      current.remove();
      current = null;
    }
    if (current == null) {
      return Active.add(path, instrumentation);
    }
    current.transformer().path(path);
    return current;
  }

  /** After a swap that failed: whatever was there before goes back. */
  private static void restore(
      Active current, @Nullable PushPath previous, Instrumentation instrumentation, Seams seams)
      throws UnmodifiableClassException {
    if (previous == null) {
      current.remove();
      active = null;
    } else {
      current.transformer().path(previous);
    }
    seams.retransform(instrumentation);
  }

  /** Gives every seam its original byte code back, which is the direct path. */
  private static void undo(Instrumentation instrumentation)
      throws ReflectiveOperationException, UnmodifiableClassException {
    if (active == null) {
      return;
    }
    Seams seams = Seams.loaded(instrumentation);
    if (!canChange(seams, instrumentation)) {
      return;
    }
    active.remove();
    active = null;
    System.clearProperty(AllocatorNames.ANNOUNCED_PATH_PROPERTY);
    MisusePolicy.restore();
    seams.retransform(instrumentation);
    seams.prove(PushPath.DIRECT, "attach");
  }
}
