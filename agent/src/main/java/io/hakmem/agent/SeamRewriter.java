package io.hakmem.agent;

import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import org.jspecify.annotations.Nullable;

/**
 * Writes the seam anew: the body of its push method becomes a call of another class's.
 *
 * <p>Works on class files alone and loads no class of the allocator. No member is added or removed,
 * so a class that is loaded already can be changed as well, and the compiler inlines the call as it
 * did the one before.
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
   * @param pushName binary name of the class to delegate to
   * @param pushClass its class file
   * @throws IllegalStateException if one of the two has no push method of the expected form
   */
  static byte[] rewrite(byte[] seamClass, String pushName, byte[] pushClass) {
    PushFinder replacement = new PushFinder(null);
    new ClassReader(pushClass).accept(replacement, ClassReader.SKIP_CODE);
    replacement.require(pushName);
    ClassReader seam = new ClassReader(seamClass);
    ClassWriter written = new ClassWriter(seam, 0);
    Delegation delegation = new Delegation(written, pushName.replace('.', '/'));
    seam.accept(delegation, 0);
    delegation.require(AllocatorNames.SEAM);
    return written.toByteArray();
  }

  /** Notices whether a class has a push method. */
  private static class PushFinder extends ClassVisitor {

    private boolean found;

    PushFinder(@Nullable ClassVisitor next) {
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
      if ((access & PUBLIC_STATIC) != PUBLIC_STATIC
          || !name.equals(AllocatorNames.PUSH)
          || !descriptor.equals(AllocatorNames.PUSH_DESCRIPTOR)) {
        return method;
      }
      found = true;
      return push(method);
    }

    @Nullable MethodVisitor push(@Nullable MethodVisitor method) {
      return method;
    }

    void require(String type) {
      if (!found) {
        throw new IllegalStateException(
            type + " has no public static push" + AllocatorNames.PUSH_DESCRIPTOR);
      }
    }
  }

  /** Copies a class, and puts a call in the place of its push method's code. */
  private static final class Delegation extends PushFinder {

    private final String target;

    Delegation(ClassWriter next, String target) {
      super(next);
      this.target = target;
    }

    @Override
    @Nullable MethodVisitor push(@Nullable MethodVisitor method) {
      if (method != null) {
        call(method);
      }
      return null;
    }

    private void call(MethodVisitor method) {
      method.visitCode();
      method.visitVarInsn(Opcodes.LLOAD, 0);
      method.visitVarInsn(Opcodes.ILOAD, 2);
      method.visitVarInsn(Opcodes.LLOAD, 3);
      method.visitMethodInsn(
          Opcodes.INVOKESTATIC, target, AllocatorNames.PUSH, AllocatorNames.PUSH_DESCRIPTOR, false);
      method.visitInsn(Opcodes.IRETURN);
      method.visitMaxs(5, 5);
      method.visitEnd();
    }
  }
}
