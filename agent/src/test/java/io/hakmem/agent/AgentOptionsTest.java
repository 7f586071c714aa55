package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

  @Test
  void readsEveryOptionInAnyOrder() throws Exception {
    assertEquals(
        new AgentOptions(PushPath.CHECKED_SCAN, true, true),
        AgentOptions.parse("verbose=true, push=checked-scan"));
    assertEquals(
        new AgentOptions(PushPath.DIRECT, false, false),
        AgentOptions.parse("push=direct,enabled=false"));
  }

  @Test
  void needsNoPathToDoNothing() throws Exception {
    assertEquals(new AgentOptions(null, false, false), AgentOptions.parse("enabled=false"));
  }

  @Test
  void itsTextGivesTheSameOptions() throws Exception {
    for (String text : new String[] {"push=direct,verbose=true", "enabled=false"}) {
      AgentOptions options = AgentOptions.parse(text);
      assertEquals(options, AgentOptions.parse(options.text()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "push",
        "push=",
        "push=fast",
        "push=DIRECT",
        "pusch=direct",
        "push=direct,",
        "push=direct,verbose=yes",
        "enabled=0",
        "verbose=true"
      })
  void refusesAnythingElseAndSaysWhatIsValid(String text) {
    String message =
        String.valueOf(
            assertThrows(AgentOptions.InvalidException.class, () -> AgentOptions.parse(text))
                .getMessage());
    assertTrue(
        message.contains(
            "push=direct|guarded|checked|checked-scan, verbose=true|false, enabled=true|false"),
        message);
  }

  @Test
  void refusesNoArgumentsAtAll() {
    assertThrows(AgentOptions.InvalidException.class, () -> AgentOptions.parse(null));
  }
}
