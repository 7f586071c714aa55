package io.hakmem.misuse;

import io.hakmem.thread.FreePath;
import io.hakmem.thread.FreePaths;
import java.lang.instrument.ClassDefinition;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.jspecify.annotations.Nullable;

/** Swaps the seam of a running JVM, as the agent does; its jar is a manifest only. */
public final class SwapAgent {

  private static @Nullable Instrumentation instrumentation;

  private SwapAgent() {}

  /** Called by the JVM. */
  public static void premain(String arguments, Instrumentation newInstrumentation) {
    instrumentation = newInstrumentation;
  }

  /** Writes the jar for {@code -javaagent}. */
  static Path writeJar(Path folder) throws Exception {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", SwapAgent.class.getName());
    manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
    Path jar = folder.resolve("swap.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  /** Makes a path live, proves it, and announces it. */
  static void swap(String path) throws Exception {
    if (instrumentation == null) {
      throw new IllegalStateException("the JVM was started without the agent");
    }
    byte[] seam = Seams.leadingTo(SwappedJvm.className(path));
    instrumentation.redefineClasses(new ClassDefinition(FreePath.class, seam));
    FreePaths.Installed installed = FreePaths.install(path, "test");
    if (!installed.proven()) {
      throw new AssertionError(installed);
    }
  }
}
