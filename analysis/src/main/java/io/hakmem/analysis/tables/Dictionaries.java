package io.hakmem.analysis.tables;

import java.util.Arrays;
import java.util.List;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedClassLoader;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordedThreadGroup;
import org.jspecify.annotations.Nullable;

/** What events refer to by number: threads, classes, methods and stacks. */
final class Dictionaries {

  private final ReferenceTable<RecordedThread> threads;
  private final ReferenceTable<RecordedClass> classes;
  private final ReferenceTable<RecordedMethod> methods;
  private final StackTable stacks;

  Dictionaries(Database database) {
    threads =
        new ReferenceTable<>(
            database,
            "hakmem.threads",
            List.of("osName", "osThreadId#", "javaName", "javaThreadId#", "group", "virtual#"),
            Dictionaries::attributes);
    classes =
        new ReferenceTable<>(
            database,
            "hakmem.classes",
            List.of("name", "classLoader", "hidden#"),
            Dictionaries::attributes);
    methods =
        new ReferenceTable<>(
            database,
            "hakmem.methods",
            List.of("type", "name", "descriptor", "hidden#", "text"),
            Dictionaries::attributes);
    stacks = new StackTable(database, methods);
  }

  ReferenceTable<RecordedThread> threads() {
    return threads;
  }

  ReferenceTable<RecordedClass> classes() {
    return classes;
  }

  ReferenceTable<RecordedMethod> methods() {
    return methods;
  }

  StackTable stacks() {
    return stacks;
  }

  void flush() {
    threads.flush();
    classes.flush();
    methods.flush();
    stacks.flush();
  }

  /** A class loader as text: its name, else its class; null for the boot loader. */
  static @Nullable String text(@Nullable RecordedClassLoader loader) {
    if (loader == null) {
      return null;
    }
    String name = loader.getName();
    RecordedClass type = loader.getType();
    return name != null || type == null ? name : type.getName();
  }

  private static List<@Nullable Object> attributes(RecordedThread thread) {
    RecordedThreadGroup group = thread.getThreadGroup();
    return Arrays.asList(
        thread.getOSName(),
        thread.getOSThreadId(),
        thread.getJavaName(),
        thread.getJavaThreadId(),
        group == null ? null : group.getName(),
        thread.isVirtual());
  }

  private static List<@Nullable Object> attributes(RecordedClass type) {
    boolean hidden = type.hasField("hidden") && type.getBoolean("hidden");
    return Arrays.asList(type.getName(), text(type.getClassLoader()), hidden);
  }

  private static List<@Nullable Object> attributes(RecordedMethod method) {
    RecordedClass type = method.getType();
    String typeName = type == null ? "" : type.getName();
    String name = String.valueOf(method.getName());
    String descriptor = String.valueOf(method.getDescriptor());
    return Arrays.asList(
        typeName, name, descriptor, method.isHidden(), MethodText.of(typeName, name, descriptor));
  }
}
