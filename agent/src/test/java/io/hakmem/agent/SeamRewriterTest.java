package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.reflect.AccessFlag;
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
    String owner = path.className().replace('.', '/');
    assertEquals(
        List.of(
            owner + ".checkSize(JJ)Z",
            owner + ".checks()Z",
            owner + ".header(J)I",
            owner + ".pop(JIJ)J",
            owner + ".push(JIJ)Z",
            owner + ".resized(JJJ)V"),
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
