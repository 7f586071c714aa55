package io.hakmem.thread;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Holds the test thread's cache against its equations after every test of the module. */
public final class CacheInvariantsExtension implements AfterEachCallback {

  @Override
  public void afterEach(ExtensionContext context) {
    long cache = Internals.caches().current();
    if (cache != 0) {
      CacheInvariants.check(cache);
    }
  }
}
