package io.hakmem.thread;

import io.hakmem.Hakmem;
import io.hakmem.slab.Segments;
import java.lang.reflect.Field;

/** The parts of the process's allocator that only tests look at. */
final class Internals {

  private static final ThreadCaches CACHES = (ThreadCaches) field("CACHES");
  private static final Segments SEGMENTS = (Segments) field("SEGMENTS");

  private Internals() {}

  static ThreadCaches caches() {
    return CACHES;
  }

  static CacheRegistry registry() {
    return CACHES.registry();
  }

  static Segments segments() {
    return SEGMENTS;
  }

  private static Object field(String name) {
    try {
      Field field = Hakmem.class.getDeclaredField(name);
      field.setAccessible(true);
      return field.get(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Hakmem keeps its parts elsewhere now: mend this class", e);
    }
  }
}
