package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ConstantObject;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events refer to by number: threads, classes, methods and stacks. */
final class Dictionaries {

  private final Dictionary threads;
  private final Dictionary classes;
  private final Dictionary methods;
  private final StackTable stacks;

  Dictionaries(StoreWriter store) {
    threads = new Dictionary(store, "threads", "TNTNTB", Dictionaries::thread);
    classes = new Dictionary(store, "classes", "TTB", Dictionaries::type);
    methods = new Dictionary(store, "methods", "TTTBT", Dictionaries::method);
    stacks = new StackTable(store, methods);
  }

  Dictionary threads() {
    return threads;
  }

  Dictionary classes() {
    return classes;
  }

  Dictionary methods() {
    return methods;
  }

  StackTable stacks() {
    return stacks;
  }

  void close() {
    threads.close();
    classes.close();
    methods.close();
    stacks.close();
  }

  private static List<@Nullable Object> thread(ConstantObject thread) {
    return Arrays.asList(
        thread.text("osName"),
        osThreadId(thread),
        thread.text("javaName"),
        javaThreadId(thread),
        thread.get("group") instanceof ConstantObject group ? group.text("name") : null,
        flag(thread, "virtual"));
  }

  /** As the JDK has it, -1 for a virtual thread, which has none of its own. */
  private static @Nullable Object osThreadId(ConstantObject thread) {
    return flag(thread, "virtual") ? -1L : thread.get("osThreadId");
  }

  /** As the JDK has it, -1 for a thread of the JVM itself. */
  private static Object javaThreadId(ConstantObject thread) {
    return thread.get("javaThreadId") instanceof Long id && id != 0 ? id : -1L;
  }

  private static List<@Nullable Object> type(ConstantObject type) {
    String loader =
        type.get("classLoader") instanceof ConstantObject object ? loaderText(object) : null;
    return Arrays.asList(className(type), loader, flag(type, "hidden"));
  }

  private static List<@Nullable Object> method(ConstantObject method) {
    String type = method.get("type") instanceof ConstantObject owner ? className(owner) : "";
    String name = String.valueOf(method.text("name"));
    String descriptor = String.valueOf(method.text("descriptor"));
    return Arrays.asList(
        type,
        name,
        descriptor,
        flag(method, "hidden"),
        MethodText.of(String.valueOf(type), name, descriptor));
  }

  private static boolean flag(ConstantObject object, String name) {
    return object.get(name) instanceof Boolean flag && flag;
  }

  private static @Nullable String className(ConstantObject type) {
    String name = type.text("name");
    return name == null ? null : name.replace('/', '.');
  }

  /** A class loader as text: its name, else its class; null for the boot loader. */
  static @Nullable String loaderText(ConstantObject loader) {
    String name = loader.text("name");
    return name == null && loader.get("type") instanceof ConstantObject type
        ? className(type)
        : name;
  }
}
