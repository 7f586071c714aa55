package io.hakmem.analysis.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "push=guarded; guarded",
        "push=direct,verbose=true; direct",
        "verbose=false,push=checked-scan,enabled=true; checked-scan",
        "push=guarded,onInvalid=report; guarded",
        "enabled=false; direct",
        "push=guarded,enabled=false; direct"
      })
  void knowWhatHasToBeLiveAfterwards(String text, String expected) {
    assertEquals(new AgentOptions(text, expected), AgentOptions.parse(text));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "push",
        "push=",
        "push=fast",
        "pusch=direct",
        "push=direct,",
        "verbose=true",
        "push=direct,verbose=maybe",
        "push=direct,onInvalid=ignore",
        "push=direct=x"
      })
  void whatMakesNoSenseIsRefusedWithWhatWould(String text) {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> AgentOptions.parse(text));
    assertTrue(
        String.valueOf(refused.getMessage()).endsWith("; valid: " + AgentOptions.VALID),
        refused::getMessage);
  }

  /** The same words as the agent's own. */
  @Test
  void areThoseOfTheAgent() throws Exception {
    Class<?> agents = Class.forName("io.hakmem.agent.AgentOptions");
    Method read = agents.getDeclaredMethod("read", String.class);
    read.setAccessible(true);
    InvocationTargetException refused =
        assertThrows(InvocationTargetException.class, () -> read.invoke(null, "?=?"));
    String message = String.valueOf(refused.getCause());
    assertTrue(message.endsWith("unknown option '?'; valid: " + AgentOptions.VALID), message);
  }
}
