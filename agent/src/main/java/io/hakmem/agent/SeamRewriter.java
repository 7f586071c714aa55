package io.hakmem.agent;

import java.util.HashSet;
import java.util.Set;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.jspecify.annotations.Nullable;

/**
 * Writes the seam anew: the body of each of its public static methods becomes a call of the same
 * method of another class.
 *
 * <p>Works on class files alone and loads no class of the allocator. No member is added or removed,
 * so a class that is loaded already can be changed as well, and the compiler inlines the calls as
 * it did the ones before.
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
    PublicMethods path = new PublicMethods(null);
    new ClassReader(pathClass).accept(path, ClassReader.SKIP_CODE);
    ClassReader seam = new ClassReader(seamClass);
    ClassWriter written = new ClassWriter(seam, 0);
    Delegation delegation = new Delegation(written, pathName.replace('.', '/'));
    seam.accept(delegation, 0);
    delegation.requireIn(AllocatorNames.SEAM, Set.of(AllocatorNames.PUSH));
    path.requireIn(pathName, delegation.found);
    return written.toByteArray();
  }

  /** Notes the public static methods of a class, as name and descriptor. */
  private static class PublicMethods extends ClassVisitor {

    final Set<String> found = new HashSet<>();

    PublicMethods(@Nullable ClassVisitor next) {
      super(API, next);
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
        int access,
        String name,
        String descriptor,
        @Nullable String signature,
        String @Nullable [] exceptions) {
      MethodVisitor method = super.visitMethod(access, name, descriptor, signature, exceptions);
      if ((access & PUBLIC_STATIC) != PUBLIC_STATIC) {
        return method;
      }
      found.add(name + descriptor);
      return body(method, name, descriptor);
    }

    @Nullable MethodVisitor body(@Nullable MethodVisitor method, String name, String descriptor) {
      return method;
    }

    void requireIn(String type, Set<String> methods) {
      for (String method : methods) {
        if (!found.contains(method)) {
          throw new IllegalStateException(type + " has no public static " + method);
        }
      }
    }
  }

  /** Copies a class, and puts a call in the place of the code of its public static methods. */
  private static final class Delegation extends PublicMethods {

    private final String target;

    Delegation(ClassWriter next, String target) {
      super(next);
      this.target = target;
    }

    @Override
    @Nullable MethodVisitor body(@Nullable MethodVisitor method, String name, String descriptor) {
      if (method != null) {
        call(method, name, descriptor);
      }
      return null;
    }

    private void call(MethodVisitor method, String name, String descriptor) {
      Type type = Type.getMethodType(descriptor);
      method.visitCode();
      int slot = 0;
      for (Type parameter : type.getArgumentTypes()) {
        method.visitVarInsn(parameter.getOpcode(Opcodes.ILOAD), slot);
        slot += parameter.getSize();
      }
      method.visitMethodInsn(Opcodes.INVOKESTATIC, target, name, descriptor, false);
      method.visitInsn(type.getReturnType().getOpcode(Opcodes.IRETURN));
      method.visitMaxs(Math.max(slot, type.getReturnType().getSize()), slot);
      method.visitEnd();
    }
  }
}
