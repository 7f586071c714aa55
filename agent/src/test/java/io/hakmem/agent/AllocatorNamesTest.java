package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The names that the agent goes by are the allocator's. */
class AllocatorNamesTest {

  @Test
  void theSeamIsThere() throws Exception {
    assertPush(Class.forName(AllocatorNames.SEAM));
    assertEquals(AllocatorNames.SEAM.replace('.', '/'), AllocatorNames.SEAM_INTERNAL);
  }

  @ParameterizedTest
  @EnumSource
  void everyPathIsThere(PushPath path) throws Exception {
    Class<?> push = Class.forName(path.className());
    assertPush(push);
    assertTrue(push.getClassLoader().getResource(path.resourceName()) != null, path.resourceName());
  }

  @Test
  void thePathsCanBeProbed() throws Exception {
    Method install =
        Class.forName(AllocatorNames.PATHS)
            .getMethod(AllocatorNames.INSTALL, String.class, String.class);
    assertTrue(Modifier.isStatic(install.getModifiers()));
    assertEquals(
        AllocatorNames.ANNOUNCED_PATH_PROPERTY,
        constant(AllocatorNames.PATHS, "ANNOUNCED_PATH_PROPERTY"));
  }

  @Test
  void theAllocatorCallsTheProof() throws Exception {
    String notice = "io.hakmem.thread.AgentNotice";
    assertEquals(Proof.class.getName(), constant(notice, "RECEIVER"));
    Proof.class.getMethod(constant(notice, "METHOD"), String.class, String.class);
  }

  private static void assertPush(Class<?> type) throws Exception {
    Method push = type.getMethod(AllocatorNames.PUSH, long.class, int.class, long.class);
    assertTrue(Modifier.isStatic(push.getModifiers()));
    assertEquals(boolean.class, push.getReturnType());
    assertTrue(Modifier.isPublic(type.getModifiers()));
  }

  private static String constant(String type, String name) throws Exception {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return String.valueOf(field.get(null));
  }
}
