package io.hakmem.agent;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Writes the seam anew: what it calls of one push path's class it calls of another path's.
 *
 * <p>Works on class files alone and loads no class of the allocator. No member is added or removed,
 * so a class that is loaded already can be changed as well, and the compiler inlines the calls as
 * it did the ones before. All else in the methods stays, so what other agents put there goes on
 * working.
 *
 * <p>It uses the lowest layer of Byte Buddy: the upper ones describe any change of any class, and
 * load several hundred classes to make this one.
 */
final class SeamRewriter {

  private static final int API = Opcodes.ASM9;
  private static final int PUBLIC_STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

  private SeamRewriter() {}

  /**
   * Rewrites the seam.
   *
   * @param seamClass the seam's class file
   * @param pathName binary name of the class to delegate to
   * @param pathClass its class file
   * @throws IllegalStateException if it lacks a method of the seam, or the seam has no push
   */
  static byte[] rewrite(byte[] seamClass, String pathName, byte[] pathClass) {
    PublicMethods path = new PublicMethods();
    new ClassReader(pathClass).accept(path, ClassReader.SKIP_CODE);
    ClassReader seam = new ClassReader(seamClass);
    ClassWriter written = new ClassWriter(seam, 0);
    Redirection redirection = new Redirection(written, pathName.replace('.', '/'));
    seam.accept(redirection, 0);
    require(redirection.called, AllocatorNames.SEAM + " calls no path's ", AllocatorNames.PUSH);
    for (String method : redirection.called) {
      require(path.found, pathName + " has no public static ", method);
    }
    return written.toByteArray();
  }

  private static void require(Set<String> methods, String problem, String method) {
    if (!methods.contains(method)) {
      throw new IllegalStateException(problem + method);
    }
  }

  /** Notes the public static methods of a class, as name and descriptor. */
  private static final class PublicMethods extends ClassVisitor {

    final Set<String> found = new HashSet<>();

    PublicMethods() {
      super(API);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      if ((access & PUBLIC_STATIC) == PUBLIC_STATIC) {
        found.add(name + descriptor);
      }
      return null;
    }
  }

  /** Copies a class, with another path in its calls; notes which methods it calls. */
  private static final class Redirection extends ClassVisitor {

    final Set<String> called = new HashSet<>();
    private final String target;

    Redirection(ClassWriter next, String target) {
      super(API, next);
      this.target = target;
    }

    @Override
    public MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor copy = super.visitMethod(access, name, descriptor, signature, exceptions);
      return new MethodVisitor(API, copy) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String callee, String type, boolean isInterface) {
          boolean swapped = opcode == Opcodes.INVOKESTATIC && PushPath.isPath(owner);
          if (swapped) {
            called.add(callee + type);
          }
          super.visitMethodInsn(opcode, swapped ? target : owner, callee, type, isInterface);
        }
      };
    }
  }
}
