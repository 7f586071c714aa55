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
    assertSeam(Class.forName(AllocatorNames.SEAM));
    assertEquals(AllocatorNames.SEAM.replace('.', '/'), AllocatorNames.SEAM_INTERNAL);
  }

  @ParameterizedTest
  @EnumSource
  void everyPathIsThere(PushPath path) throws Exception {
    Class<?> push = Class.forName(path.className());
    assertSeam(push);
    assertHasMethodsOf(Class.forName(AllocatorNames.SEAM), push);
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

  private static void assertSeam(Class<?> type) throws Exception {
    Method push = type.getMethod("push", long.class, int.class, long.class);
    assertEquals(AllocatorNames.PUSH, push.getName() + "(JIJ)Z");
    assertEquals(boolean.class, push.getReturnType());
    assertTrue(Modifier.isPublic(type.getModifiers()));
  }

  private static void assertHasMethodsOf(Class<?> seam, Class<?> type) throws Exception {
    for (Method method : seam.getDeclaredMethods()) {
      if (Modifier.isPublic(method.getModifiers())) {
        Method same = type.getMethod(method.getName(), method.getParameterTypes());
        assertTrue(Modifier.isStatic(same.getModifiers()), same::toString);
        assertEquals(method.getReturnType(), same.getReturnType());
      }
    }
  }

  private static String constant(String type, String name) throws Exception {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return String.valueOf(field.get(null));
  }
}
