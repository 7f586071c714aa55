package io.hakmem.analysis.live;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.thread.FreePaths;
import java.lang.reflect.Field;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LiveStateTest {

  private static Properties properties(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  @Test
  void theNamesAreTheAllocatorsAndTheAgents() throws Exception {
    assertEquals(FreePaths.LIVE_PATH_PROPERTY, LiveState.PATH);
    assertEquals(FreePaths.LIVE_PREVIOUS_PROPERTY, LiveState.PREVIOUS);
    assertEquals(FreePaths.LIVE_BY_PROPERTY, LiveState.BY);
    assertEquals(FreePaths.LIVE_PROVEN_PROPERTY, LiveState.PROVEN);
    assertEquals(FreePaths.LIVE_POLICY_PROPERTY, LiveState.POLICY);
    assertEquals(constant("io.hakmem.agent.Installation", "OPTIONS_PROPERTY"), LiveState.AGENT);
    assertEquals(constant("io.hakmem.agent.Installation", "SOURCES_PROPERTY"), LiveState.SOURCES);
    assertEquals(
        constant("io.hakmem.agent.AllocatorNames", "LIVE_POLICY_PROPERTY"), LiveState.POLICY);
    assertEquals(constant("io.hakmem.agent.Console", "PROBLEM_PROPERTY"), LiveState.PROBLEM);
  }

  private static Object constant(String type, String name) throws Exception {
    Field field = Class.forName(type).getDeclaredField(name);
    field.setAccessible(true);
    return String.valueOf(field.get(null));
  }

  @Test
  void aJvmWithoutAllocatorOrAgentProvesNothing() {
    LiveState state = LiveState.of(properties());
    assertNull(state.path());
    assertNull(state.agent());
    assertFalse(state.proves("direct"));
  }

  @Test
  void isProvenOnlyIfPathProbeAndAgentAgree() {
    String[] proven = {"hakmem.live.path", "guarded", "hakmem.live.proven", "true"};
    assertTrue(LiveState.of(properties(proven)).proves("guarded"));
    assertFalse(LiveState.of(properties(proven)).proves("direct"));
    Properties properties = properties(proven);
    properties.setProperty("hakmem.agent.problem", "no such thing");
    assertFalse(LiveState.of(properties).proves("guarded"));
    properties = properties(proven);
    properties.setProperty("hakmem.live.proven", "false");
    assertFalse(LiveState.of(properties).proves("guarded"));
  }

  @Test
  void everyOptionSaysWhoSetIt() {
    LiveState state =
        LiveState.of(
            properties(
                "hakmem.agent.options", "push=guarded,verbose=false",
                "hakmem.agent.sources", "push=agent arguments,verbose=default",
                "hakmem.live.onInvalid", "report"));
    assertEquals("push=guarded (agent arguments), verbose=false (default)", state.agent());
    assertEquals("report", state.policy());
  }

  @Test
  void theApplicationsArgumentsStayItsOwn() {
    assertEquals(
        "app.Main", LiveState.of(properties("sun.java.command", "app.Main secret")).main());
  }

  @Test
  void anotherUsersProcessIsNamedBeforeItIsTouched() {
    TargetException refused =
        assertThrows(TargetException.class, () -> TargetJvm.checkUser(17, "alice", "bob"));
    assertEquals(
        "permission denied: process 17 belongs to alice, you are bob; run hakmem as alice",
        refused.getMessage());
    assertDoesNotThrow(() -> TargetJvm.checkUser(17, "alice", "alice"));
    assertDoesNotThrow(() -> TargetJvm.checkUser(17, "alice", "root"));
    assertDoesNotThrow(() -> TargetJvm.checkUser(17, "", "bob"));
  }

  @Test
  void onlyJvmsThatCanReadTheAgentsClassesGetIt() {
    assertTrue(TargetJvm.isNewEnough("25"));
    assertTrue(TargetJvm.isNewEnough("26"));
    assertFalse(TargetJvm.isNewEnough("17"));
    assertFalse(TargetJvm.isNewEnough("1.8"));
    assertFalse(TargetJvm.isNewEnough(""));
  }
}
