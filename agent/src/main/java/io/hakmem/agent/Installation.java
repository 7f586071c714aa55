package io.hakmem.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The one transformer that the agent has in this JVM, and what it was asked for. Thread-safe. */
final class Installation {

  /**
   * The transformer, and the instrumentation that knows it: every load of the agent brings one of
   * its own, and only the one that added a transformer can remove it.
   */
  private record Active(SeamTransformer transformer, Instrumentation owner) {
    void remove() {
      owner.removeTransformer(transformer);
    }
  }

  /** System property that says to the outside that the agent is here, and what it was asked for. */
  static final String OPTIONS_PROPERTY = "hakmem.agent.options";

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
      if (!installed.equals(options)) {
        Console.say(
            "already installed with " + installed.text() + "; " + options.text() + " is ignored");
      }
      return;
    }
    accept(options);
    if (!options.enabled()) {
      return;
    }
    swap(options, instrumentation, "agent");
    if (options.verbose()) {
      Console.say("waits for " + AllocatorNames.SEAM + " with " + options.text());
    }
  }

  /** Swaps, or undoes, in the running JVM. */
  static synchronized void live(AgentOptions options, Instrumentation instrumentation)
      throws ReflectiveOperationException, UnmodifiableClassException {
    accept(options);
    if (options.enabled()) {
      swap(options, instrumentation, "attach");
    } else {
      undo(instrumentation);
    }
  }

  private static void accept(AgentOptions options) {
    installed = options;
    System.setProperty(OPTIONS_PROPERTY, options.text());
    Proof.verbose(options.verbose());
  }

  private static void swap(AgentOptions options, Instrumentation instrumentation, String by)
      throws ReflectiveOperationException, UnmodifiableClassException {
    PushPath path = options.push();
    if (path == null) {
      return;
    }
    Active current = active;
    PushPath previous = current == null ? null : current.transformer().path();
    if (current == null) {
      current = new Active(new SeamTransformer(path), instrumentation);
      instrumentation.addTransformer(current.transformer(), true);
      active = current;
    } else {
      current.transformer().path(path);
    }
    List<Class<?>> seams = loadedSeams(instrumentation);
    retransform(instrumentation, seams);
    if (current.transformer().failed()) {
      restore(current, previous, instrumentation, seams);
    } else {
      prove(seams, path, by);
    }
  }

  /** After a swap that failed: whatever was there before goes back. */
  private static void restore(
      Active current,
      @Nullable PushPath previous,
      Instrumentation instrumentation,
      List<Class<?>> seams)
      throws UnmodifiableClassException {
    if (previous == null) {
      current.remove();
      active = null;
    } else {
      current.transformer().path(previous);
    }
    retransform(instrumentation, seams);
  }

  /** Gives every seam its original byte code back, which is the direct path. */
  private static void undo(Instrumentation instrumentation)
      throws ReflectiveOperationException, UnmodifiableClassException {
    if (active == null) {
      return;
    }
    active.remove();
    active = null;
    System.clearProperty(AllocatorNames.ANNOUNCED_PATH_PROPERTY);
    List<Class<?>> seams = loadedSeams(instrumentation);
    retransform(instrumentation, seams);
    prove(seams, PushPath.DIRECT, "attach");
  }

  private static List<Class<?>> loadedSeams(Instrumentation instrumentation) {
    List<Class<?>> seams = new ArrayList<>();
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().equals(AllocatorNames.SEAM)) {
        seams.add(loaded);
      }
    }
    return seams;
  }

  private static void retransform(Instrumentation instrumentation, List<Class<?>> seams)
      throws UnmodifiableClassException {
    if (!seams.isEmpty()) {
      instrumentation.retransformClasses(seams.toArray(new Class<?>[0]));
    }
  }

  /** Has each allocator probe its own seam and tell {@link Proof}; a later one does so anyway. */
  private static void prove(List<Class<?>> seams, PushPath expected, String by)
      throws ReflectiveOperationException {
    for (Class<?> seam : seams) {
      Class.forName(AllocatorNames.PATHS, true, seam.getClassLoader())
          .getMethod(AllocatorNames.INSTALL, String.class, String.class)
          .invoke(null, expected.pathName(), by);
    }
  }
}
