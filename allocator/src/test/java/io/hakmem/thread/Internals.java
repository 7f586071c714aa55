package io.hakmem.thread;

import io.hakmem.Hakmem;
import io.hakmem.slab.Footprint;
import java.lang.reflect.Field;
import java.lang.reflect.Method;

/** The parts of the process's allocator that only tests look at. */
public final class Internals {

  private static final ThreadCaches CACHES = (ThreadCaches) part("caches");
  private static final Footprint FOOTPRINT = (Footprint) part("footprint");

  private Internals() {}

  static ThreadCaches caches() {
    return CACHES;
  }

  static CacheRegistry registry() {
    return CACHES.registry();
  }

  public static Footprint footprint() {
    return FOOTPRINT;
  }

  private static Object part(String name) {
    try {
      Field heap = Hakmem.class.getDeclaredField("HEAP");
      heap.setAccessible(true);
      Method part = heap.getType().getDeclaredMethod(name);
      part.setAccessible(true);
      return part.invoke(heap.get(null));
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Hakmem keeps its parts elsewhere now: mend this class", e);
    }
  }
}
