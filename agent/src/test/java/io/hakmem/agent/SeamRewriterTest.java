package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads the rewritten class file back with the JDK's own parser. */
class SeamRewriterTest {

  @ParameterizedTest
  @EnumSource
  void everyBodyIsOneCallOfThePathsMethod(PushPath path) throws Exception {
    byte[] rewritten =
        SeamRewriter.rewrite(
            classFile(AllocatorNames.SEAM), path.className(), classFile(path.className()));
    List<String> before =
        callsOfPublicMethods(ClassFile.of().parse(classFile(AllocatorNames.SEAM)));
    assertTrue(before.contains("io/hakmem/thread/DirectPush.push(JIJ)Z"), before::toString);
    assertEquals(
        before.stream()
            .map(
                call ->
                    call.replace("io/hakmem/thread/DirectPush", path.className().replace('.', '/')))
            .toList(),
        callsOfPublicMethods(ClassFile.of().parse(rewritten)));
    assertTrue(ClassFile.of().verify(rewritten).isEmpty());
  }

  @ParameterizedTest
  @EnumSource
  void theFormOfTheClassStays(PushPath path) throws Exception {
    byte[] original = classFile(AllocatorNames.SEAM);
    ClassModel before = ClassFile.of().parse(original);
    ClassModel after =
        ClassFile.of()
            .parse(SeamRewriter.rewrite(original, path.className(), classFile(path.className())));
    assertEquals(members(before), members(after));
    assertEquals(before.majorVersion(), after.majorVersion());
    assertEquals(before.flags().flagsMask(), after.flags().flagsMask());
  }

  @Test
  void whatIsRewrittenCanBeRewrittenAgain() throws Exception {
    byte[] original = classFile(AllocatorNames.SEAM);
    byte[] guarded = rewrite(original, PushPath.GUARDED);
    assertFalse(Arrays.equals(original, guarded));
    assertEquals(
        callsOfPublicMethods(ClassFile.of().parse(original)),
        callsOfPublicMethods(ClassFile.of().parse(rewrite(guarded, PushPath.DIRECT))));
  }

  /** What another agent put into the seam before stays there. */
  @Test
  void allElseInTheSeamStays() throws Exception {
    String foreign = "java/lang/Thread.onSpinWait()V";
    CodeTransform insertion =
        new CodeTransform() {
          @Override
          public void atStart(CodeBuilder builder) {
            builder.invokestatic(
                ClassDesc.of("java.lang.Thread"), "onSpinWait", MethodTypeDesc.ofDescriptor("()V"));
          }

          @Override
          public void accept(CodeBuilder builder, CodeElement element) {
            builder.with(element);
          }
        };
    ClassModel seam = ClassFile.of().parse(classFile(AllocatorNames.SEAM));
    byte[] instrumented =
        ClassFile.of().transformClass(seam, ClassTransform.transformingMethodBodies(insertion));
    List<String> calls =
        callsOfPublicMethods(ClassFile.of().parse(rewrite(instrumented, PushPath.GUARDED)));
    assertEquals(calls.size() / 2, calls.stream().filter(foreign::equals).count(), calls::toString);
    assertTrue(calls.contains("io/hakmem/thread/GuardedPush.push(JIJ)Z"), calls::toString);
  }

  @Test
  void refusesASeamWithoutPush() throws Exception {
    byte[] noSeam = classFile("io.hakmem.Hakmem");
    assertThrows(IllegalStateException.class, () -> rewrite(noSeam, PushPath.GUARDED));
  }

  private static byte[] rewrite(byte[] seam, PushPath path) throws IOException {
    return SeamRewriter.rewrite(seam, path.className(), classFile(path.className()));
  }

  @Test
  void refusesAClassWithoutTheSeamsMethods() throws Exception {
    byte[] seam = classFile(AllocatorNames.SEAM);
    String other = "io.hakmem.Hakmem";
    byte[] otherClass = classFile(other);
    IllegalStateException e =
        assertThrows(
            IllegalStateException.class, () -> SeamRewriter.rewrite(seam, other, otherClass));
    assertTrue(String.valueOf(e.getMessage()).contains(other), e.getMessage());
  }

  private static List<String> members(ClassModel type) {
    List<String> members = new java.util.ArrayList<>();
    type.fields().forEach(f -> members.add(f.fieldName() + " " + f.fieldType()));
    type.methods()
        .forEach(
            m -> members.add(m.methodName() + " " + m.methodType() + " " + m.flags().flagsMask()));
    members.sort(String::compareTo);
    return members;
  }

  private static List<String> callsOfPublicMethods(ClassModel type) {
    List<String> calls = new java.util.ArrayList<>();
    for (MethodModel method : type.methods()) {
      if (method.flags().has(AccessFlag.PUBLIC)) {
        method
            .code()
            .orElseThrow()
            .elementStream()
            .filter(InvokeInstruction.class::isInstance)
            .map(InvokeInstruction.class::cast)
            .forEach(
                call -> calls.add(call.owner().asInternalName() + "." + call.name() + call.type()));
      }
    }
    calls.sort(String::compareTo);
    return calls;
  }

  private static byte[] classFile(String name) throws IOException {
    try (InputStream in =
        ClassLoader.getSystemResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        throw new IOException("no class file of " + name);
      }
      return in.readAllBytes();
    }
  }
}
