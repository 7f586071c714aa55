package io.hakmem.agent.app;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Loads the allocator's jar in two class loaders that know nothing of the class path. */
public final class IsolatedLoaders {

  private IsolatedLoaders() {}

  public static void main(String[] arguments) throws Exception {
    URL[] jar = {Path.of(arguments[0]).toUri().toURL()};
    for (int i = 0; i < 2; i++) {
      try (URLClassLoader loader = new URLClassLoader(jar, ClassLoader.getPlatformClassLoader())) {
        Class<?> hakmem = loader.loadClass("io.hakmem.Hakmem");
        System.out.println(hakmem.getMethod("freePath").invoke(null));
      }
    }
  }
}
