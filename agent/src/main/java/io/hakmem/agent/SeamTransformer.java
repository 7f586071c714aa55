package io.hakmem.agent;

import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.security.ProtectionDomain;
import org.jspecify.annotations.Nullable;

/**
 * Swaps the seam in whatever class loader it turns up. Thread-safe.
 *
 * <p>It runs on the thread that loads the class, inside that class loader's lock: it takes no lock
 * of its own, and asks the allocator's class loader for one resource but never for a class.
 */
final class SeamTransformer implements ClassFileTransformer {

  private volatile PushPath path;
  private volatile boolean failed;

  SeamTransformer(PushPath path) {
    this.path = path;
  }

  PushPath path() {
    return path;
  }

  /** The path for every seam that is loaded or retransformed from now on. */
  void path(PushPath newPath) {
    failed = false;
    path = newPath;
  }

  /** Whether a seam could not be swapped since the path was set. */
  boolean failed() {
    return failed;
  }

  @Override
  public byte @Nullable [] transform(
      Module module,
      @Nullable ClassLoader loader,
      @Nullable String className,
      @Nullable Class<?> loaded,
      @Nullable ProtectionDomain domain,
      byte[] classFile) {
    if (!AllocatorNames.SEAM_INTERNAL.equals(className)) {
      return null;
    }
    try {
      PushPath wanted = path;
      byte[] rewritten =
          SeamRewriter.rewrite(classFile, wanted.className(), pushClass(module, wanted));
      System.setProperty(AllocatorNames.ANNOUNCED_PATH_PROPERTY, wanted.pathName());
      return rewritten;
    } catch (Throwable e) {
      failed = true;
      MisusePolicy.restore();
      Console.failed("putting push=" + path.pathName() + " in place", e);
      return null;
    }
  }

  private static byte[] pushClass(Module module, PushPath path) throws IOException {
    try (InputStream in = module.getResourceAsStream(path.resourceName())) {
      if (in == null) {
        throw new IllegalStateException("this allocator has no " + path.className());
      }
      return in.readAllBytes();
    }
  }
}
