package io.hakmem.agent;

import org.jspecify.annotations.Nullable;

/** The push paths by name, and the allocator's classes that hold them. */
enum PushPath {
  DIRECT("direct", "io.hakmem.thread.DirectPush"),
  GUARDED("guarded", "io.hakmem.thread.GuardedPush"),
  CHECKED("checked", "io.hakmem.thread.CheckedPush"),
  CHECKED_SCAN("checked-scan", "io.hakmem.thread.CheckedScanPush");

  private final String pathName;
  private final String className;

  PushPath(String pathName, String className) {
    this.pathName = pathName;
    this.className = className;
  }

  /** Whether a class, named as the JVM spells it, holds one of the paths. */
  static boolean isPath(String internalName) {
    for (PushPath path : values()) {
      if (path.className.replace('.', '/').equals(internalName)) {
        return true;
      }
    }
    return false;
  }

  /** As in the agent's arguments and in the allocator's events. */
  String pathName() {
    return pathName;
  }

  /** Binary name of the class with the path's methods, those of the seam. */
  String className() {
    return className;
  }

  /** The class file of {@link #className} as a resource. */
  String resourceName() {
    return className.replace('.', '/') + ".class";
  }

  static @Nullable PushPath named(String pathName) {
    for (PushPath path : values()) {
      if (path.pathName.equals(pathName)) {
        return path;
      }
    }
    return null;
  }

  /** All names, as a list of alternatives for a message. */
  static String alternatives() {
    StringBuilder names = new StringBuilder();
    for (PushPath path : values()) {
      names.append(names.isEmpty() ? "" : "|").append(path.pathName);
    }
    return names.toString();
  }
}
