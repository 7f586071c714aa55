package io.hakmem.agent.app;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Another agent in the same JVM. With the argument {@code instrument} it puts a call into each
 * method of the allocator's seam, as a profiler would; and it can say which byte code is live.
 */
public final class Witness {

  private static final String SEAM = "io/hakmem/thread/FreePath";

  private static volatile @Nullable Instrumentation first;
  private static volatile @Nullable Instrumentation last;
  private static volatile boolean entered;

  private Witness() {}

  public static void premain(@Nullable String arguments, Instrumentation own) {
    first = own;
    last = own;
    if ("instrument".equals(arguments)) {
      own.addTransformer(new Entries(), true);
    }
  }

  /**
   * Makes this the last of the agents so far as well as the first: the JVM asks them in the order
   * in which they were loaded, so what differs between the two is what the others did.
   */
  public static void agentmain(@Nullable String arguments, Instrumentation own) {
    last = own;
  }

  /** Called from the seam. */
  public static void enter() {
    entered = true;
  }

  public static boolean hasSeenCalls() {
    return entered;
  }

  /** Has every transformer run again over a class. */
  public static void retransform(Class<?> type) throws UnmodifiableClassException {
    required(first).retransformClasses(type);
  }

  /**
   * The methods of a loaded class, instruction by instruction, as the last agent sees them. (The
   * JVM gives class files back with the same instructions, but not the same constant pool.)
   */
  public static String byteCode(Class<?> type) throws UnmodifiableClassException {
    ClassFiles seen = new ClassFiles();
    seen.listen(required(last), type);
    Map<String, String> methods = new TreeMap<>();
    for (MethodModel method : ClassFile.of().parse(seen.of(type.getName())).methods()) {
      String name = method.methodName().stringValue() + method.methodType();
      methods.put(name, method.code().map(Witness::instructions).orElse(""));
    }
    return methods.toString();
  }

  private static String instructions(CodeModel code) {
    return code.elementStream().filter(Instruction.class::isInstance).toList().toString();
  }

  /**
   * Names of the loaded classes of the JDK's {@code java} packages and of the allocator that other
   * agents change.
   */
  public static Set<String> changedByOthers() throws UnmodifiableClassException {
    Class<?>[] classes =
        Arrays.stream(required(last).getAllLoadedClasses())
            .filter(type -> type.getName().startsWith("java.") || isAllocator(type))
            .filter(required(last)::isModifiableClass)
            .filter(type -> !type.isArray() && !type.isHidden())
            .toArray(Class<?>[]::new);
    ClassFiles before = new ClassFiles();
    ClassFiles after = new ClassFiles();
    required(first).addTransformer(before, true);
    try {
      after.listen(required(last), classes);
    } finally {
      required(first).removeTransformer(before);
    }
    Set<String> changed = new TreeSet<>();
    for (Class<?> type : classes) {
      String name = type.getName();
      if (!Arrays.equals(before.of(name), after.of(name))) {
        changed.add(name);
      }
    }
    return changed;
  }

  private static boolean isAllocator(Class<?> type) {
    return type.getName().startsWith("io.hakmem.") && !type.getName().contains(".agent.");
  }

  private static Instrumentation required(@Nullable Instrumentation instrumentation) {
    if (instrumentation == null) {
      throw new IllegalStateException("this JVM was started without the witness");
    }
    return instrumentation;
  }

  /** Notes the byte code that it is shown, and changes nothing. */
  private static final class ClassFiles implements ClassFileTransformer {

    final Map<String, byte[]> all = new ConcurrentHashMap<>();

    byte[] of(String name) {
      byte[] classFile = all.get(name);
      if (classFile == null) {
        throw new IllegalStateException(name + " was not seen");
      }
      return classFile;
    }

    void listen(Instrumentation instrumentation, Class<?>... types)
        throws UnmodifiableClassException {
      instrumentation.addTransformer(this, true);
      try {
        instrumentation.retransformClasses(types);
      } finally {
        instrumentation.removeTransformer(this);
      }
    }

    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        @Nullable String name,
        @Nullable Class<?> type,
        @Nullable ProtectionDomain domain,
        byte[] classFile) {
      if (type != null) {
        all.put(type.getName(), classFile.clone());
      }
      return null;
    }
  }

  /** Puts a call of {@link #enter} in front of each method of the seam. */
  private static final class Entries implements ClassFileTransformer {

    @Override
    public byte @Nullable [] transform(
        @Nullable ClassLoader loader,
        @Nullable String name,
        @Nullable Class<?> type,
        @Nullable ProtectionDomain domain,
        byte[] classFile) {
      if (!SEAM.equals(name)) {
        return null;
      }
      ClassFile format = ClassFile.of();
      return format.transformClass(
          format.parse(classFile), ClassTransform.transformingMethodBodies(new Entry()));
    }
  }

  private static final class Entry implements CodeTransform {

    @Override
    public void atStart(CodeBuilder builder) {
      ClassDesc witness = ClassDesc.of(Witness.class.getName());
      builder.invokestatic(witness, "enter", MethodTypeDesc.ofDescriptor("()V"));
    }

    @Override
    public void accept(CodeBuilder builder, CodeElement element) {
      builder.with(element);
    }
  }
}
