package io.hakmem.agent;

import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.util.ArrayList;
import java.util.List;

/** The seams that are loaded in this JVM: one for each class loader with an allocator. */
record Seams(List<Class<?>> classes) {

  static Seams loaded(Instrumentation instrumentation) {
    List<Class<?>> seams = new ArrayList<>();
    for (Class<?> loaded : instrumentation.getAllLoadedClasses()) {
      if (loaded.getName().equals(AllocatorNames.SEAM)) {
        seams.add(loaded);
      }
    }
    return new Seams(seams);
  }

  boolean isEmpty() {
    return classes.isEmpty();
  }

  /** Has the JVM ask every transformer again for the seams' byte code. */
  void retransform(Instrumentation instrumentation) throws UnmodifiableClassException {
    if (!isEmpty()) {
      instrumentation.retransformClasses(classes.toArray(new Class<?>[0]));
    }
  }

  /** Has each allocator probe its own seam and tell {@link Proof}; a later one does so anyway. */
  void prove(PushPath expected, String by) throws ReflectiveOperationException {
    for (Class<?> seam : classes) {
      Class.forName(AllocatorNames.PATHS, true, seam.getClassLoader())
          .getMethod(AllocatorNames.INSTALL, String.class, String.class)
          .invoke(null, expected.pathName(), by);
    }
  }
}
