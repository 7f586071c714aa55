package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AgentOptionsTest {

  private static AgentOptions parse(@Nullable String arguments)
      throws AgentOptions.InvalidException {
    return read(arguments, Map.of(), Map.of());
  }

  private static AgentOptions read(
      @Nullable String arguments, Map<String, String> properties, Map<String, String> environment)
      throws AgentOptions.InvalidException {
    return AgentOptions.read(arguments, properties::get, environment::get);
  }

  @Test
  void readsEveryOptionInAnyOrder() throws Exception {
    AgentOptions options = parse("onInvalid=report, verbose=true, push=checked-scan");
    assertEquals(PushPath.CHECKED_SCAN, options.push());
    assertTrue(options.enabled());
    assertTrue(options.verbose());
    assertEquals("report", options.policy());
    assertFalse(parse("push=direct,enabled=false").enabled());
  }

  @Test
  void needsNoPathToDoNothing() throws Exception {
    assertNull(parse("enabled=false").push());
  }

  @Test
  void itsTextGivesTheSameOptions() throws Exception {
    for (String text : new String[] {"push=direct,verbose=true", "enabled=false"}) {
      AgentOptions options = parse(text);
      assertEquals(options.text(), parse(options.text()).text());
    }
  }

  /** Every option by every source, and all of the sources that are weaker besides. */
  @ParameterizedTest
  @EnumSource
  void theStrongestSourceWins(AgentOption option) throws Exception {
    String[] values =
        switch (option) {
          case PUSH -> new String[] {"guarded", "checked-scan", "direct"};
          case VERBOSE -> new String[] {"true", "false", "true"};
          case ENABLED -> new String[] {"false", "true", "false"};
          case ON_INVALID -> new String[] {"report", "halt", "report"};
        };
    String rest = option == AgentOption.PUSH ? "verbose=false" : "push=guarded";
    String arguments = rest + "," + option.key() + "=" + values[0];
    Map<String, String> properties = Map.of(option.property(), values[1]);
    Map<String, String> environment = Map.of(option.environment(), values[2]);
    assertSet(read(arguments, properties, environment), option, values[0], "agent arguments");
    assertSet(read(rest, properties, environment), option, values[1], "property");
    assertSet(read(rest, Map.of(), environment), option, values[2], "environment");
    String fallback = option.fallback();
    if (fallback != null) {
      assertSet(read(rest, Map.of(), Map.of()), option, fallback, "default");
    }
  }

  private static void assertSet(
      AgentOptions options, AgentOption option, String value, String source) {
    String expected = option.key() + "=" + value;
    assertTrue(("," + options.text() + ",").contains("," + expected + ","), options::text);
    assertTrue(options.sources().contains(option.key() + "=" + source), options::sources);
    String described = expected + " (" + source + ")";
    assertTrue(options.described().contains(described), options::described);
  }

  @Test
  void noArgumentsAreNeededWhereAnotherSourceNamesThePath() throws Exception {
    for (String arguments : new String[] {null, "", " "}) {
      assertEquals(
          PushPath.GUARDED, read(arguments, Map.of("hakmem.push", "guarded"), Map.of()).push());
      assertEquals(
          PushPath.DIRECT, read(arguments, Map.of(), Map.of("HAKMEM_PUSH", "direct")).push());
    }
  }

  @Test
  void propertiesAndEnvironmentAreReadAsTheAllocatorReadsItsOwn() throws Exception {
    Map<String, String> environment = Map.of("HAKMEM_PUSH", " Guarded ", "HAKMEM_VERBOSE", "TRUE");
    AgentOptions options = read("", Map.of("hakmem.push", "", "hakmem.verbose", " "), environment);
    assertEquals(PushPath.GUARDED, options.push());
    assertTrue(options.verbose());
  }

  @Test
  void onlyArgumentsAreAPolicyToHandOver() throws Exception {
    assertNull(read("push=direct", Map.of("hakmem.onInvalid", "halt"), Map.of()).policy());
    assertNull(parse("push=direct").policy());
    assertEquals("throw", parse("push=direct,onInvalid=throw").policy());
  }

  @ParameterizedTest
  @CsvSource({
    "hakmem.push, , fast, property hakmem.push",
    ", HAKMEM_PUSH, fast, environment variable HAKMEM_PUSH",
    "hakmem.verbose, , yes, property hakmem.verbose",
    ", HAKMEM_ENABLED, 0, environment variable HAKMEM_ENABLED",
    "hakmem.onInvalid, , ignore, property hakmem.onInvalid"
  })
  void aBadValueIsSaidWithItsSource(
      @Nullable String property, @Nullable String variable, String value, String where) {
    Map<String, String> properties = property == null ? Map.of() : Map.of(property, value);
    Map<String, String> environment = variable == null ? Map.of() : Map.of(variable, value);
    String arguments = where.endsWith("ush") || where.endsWith("PUSH") ? "" : "push=direct";
    assertRefused(
        "'" + value + "' is no value of " + where, () -> read(arguments, properties, environment));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "push",
        "push=",
        "push=fast",
        "push=DIRECT",
        "push=direct|guarded",
        "pusch=direct",
        "push=direct,",
        "push=direct,verbose=yes",
        "push=direct,onInvalid=ignore",
        "push=direct,oninvalid=throw",
        "enabled=0",
        "verbose=true"
      })
  void refusesAnythingElseAndSaysWhatIsValid(String text) {
    assertRefused("", () -> parse(text));
  }

  @Test
  void refusesNoArgumentsAtAllAndSaysWhereThePathMayComeFrom() {
    assertRefused(
        "option 'push' is missing, and neither property hakmem.push nor environment variable"
            + " HAKMEM_PUSH is set",
        () -> parse(null));
  }

  private static void assertRefused(
      String start, org.junit.jupiter.api.function.Executable attempt) {
    String message =
        String.valueOf(assertThrows(AgentOptions.InvalidException.class, attempt).getMessage());
    assertTrue(message.startsWith(start), message);
    assertTrue(
        message.endsWith(
            "; valid: push="
                + PushPath.alternatives()
                + ", verbose=true|false, enabled=true|false, onInvalid=throw|report|halt"),
        message);
  }
}
