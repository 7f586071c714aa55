package io.hakmem.agent.app;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the allocator's jar in two class loaders that know nothing of the class path, says which
 * path is live in each, and again for every line of its input.
 */
public final class IsolatedLoaders {

  private IsolatedLoaders() {}

  public static void main(String[] arguments) throws Exception {
    URL[] jar = {Path.of(arguments[0]).toUri().toURL()};
    List<URLClassLoader> loaders = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      loaders.add(new URLClassLoader(jar, ClassLoader.getPlatformClassLoader()));
    }
    report(loaders);
    while (System.in.read() >= 0) {
      report(loaders);
    }
    for (URLClassLoader loader : loaders) {
      loader.close();
    }
  }

  private static void report(List<URLClassLoader> loaders) throws Exception {
    for (URLClassLoader loader : loaders) {
      Class<?> hakmem = loader.loadClass("io.hakmem.Hakmem");
      System.out.println(hakmem.getMethod("freePath").invoke(null));
    }
  }
}
