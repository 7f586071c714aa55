package io.hakmem.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions.Option;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option by property, by environment, by both, and with values that make no sense. */
class AllocatorOptionsTest {

  private static AllocatorOptions read(
      Map<String, String> properties, Map<String, String> environment) {
    return AllocatorOptions.read(properties::get, environment::get);
  }

  private static AllocatorOptions property(String name, String value) {
    return read(Map.of(name, value), Map.of());
  }

  /** Option, a value, what it reads as, another value, what that reads as. */
  static Stream<Arguments> values() {
    return Stream.of(
        Arguments.of("limit", "64m", "67108864", "2g", "2147483648"),
        Arguments.of("limit", "none", "none", "5000000", "5000000"),
        Arguments.of("decay", "0", "0", "-1", "-1"),
        Arguments.of("thread.cache", "128k", "131072", "1M", "1048576"),
        Arguments.of("shared.caches", "5", "8", "64", "64"),
        Arguments.of("jmx", "true", "true", "FALSE", "false"),
        Arguments.of("onInvalid", "report", "report", "HALT", "halt"),
        Arguments.of("checked.poison", "edges", "edges", "off", "off"),
        Arguments.of("checked.stacks", "1", "1", "0", "0"),
        Arguments.of("checked.quarantine", "64k", "65536", "0", "0"),
        Arguments.of("checked.leaks", "exit", "exit", "Off", "off"),
        Arguments.of("checked.sweep", "250", "250", "0", "0"));
  }

  private static String valueOf(AllocatorOptions options, String name) {
    String prefix = "hakmem." + name + "=";
    return options.values().stream()
        .filter(value -> value.startsWith(prefix))
        .map(value -> value.substring(prefix.length()))
        .findFirst()
        .orElseThrow();
  }

  private static Option option(String name) {
    return AllocatorOptions.OPTIONS.stream()
        .filter(option -> option.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource("values")
  void propertyThenEnvironmentThenDefault(
      String name, String value, String read, String otherValue, String otherRead) {
    String property = option(name).property();
    String environment = option(name).environment();
    assertEquals(read, valueOf(property(property, value), name));
    assertEquals(read, valueOf(read(Map.of(), Map.of(environment, value)), name));
    assertEquals(
        otherRead, valueOf(read(Map.of(property, otherValue), Map.of(environment, value)), name));
    assertEquals(
        valueOf(AllocatorOptions.defaults(), name), valueOf(read(Map.of(), Map.of()), name));
    assertEquals(
        valueOf(AllocatorOptions.defaults(), name), valueOf(property(property, "  "), name));
  }

  @Test
  void everyOptionIsTested() {
    Set<Object> tested = new HashSet<>();
    values().forEach(arguments -> tested.add(arguments.get()[0]));
    Set<Object> all = new HashSet<>();
    AllocatorOptions.OPTIONS.forEach(option -> all.add(option.name()));
    assertEquals(all, tested);
  }

  @Test
  void anOptionLeavesTheOthersAlone() {
    AllocatorOptions defaults = AllocatorOptions.defaults();
    AllocatorOptions changed = property("hakmem.decay", "17");
    assertEquals(defaults.withDecayMillis(17), changed);
    assertEquals(defaults.withLimit(1 << 30), property("hakmem.limit", "1g"));
    assertEquals(defaults.withThreadCacheBytes(1 << 20), property("hakmem.thread.cache", "1m"));
    assertEquals(defaults.withSharedCaches(32), property("hakmem.shared.caches", "32"));
  }

  @ParameterizedTest
  @CsvSource({
    "hakmem.limit, lots, a number of bytes",
    "hakmem.limit, 10x, a number of bytes",
    "hakmem.limit, m, a number of bytes",
    "hakmem.limit, 99999999999g, a number of bytes",
    "hakmem.limit, 1, a number from 4194304",
    "hakmem.limit, -5, a number from 4194304",
    "hakmem.decay, soon, a whole number",
    "hakmem.decay, 1.5, a whole number",
    "hakmem.decay, -2, a number from -1",
    "hakmem.thread.cache, 1k, a number from 65536",
    "hakmem.thread.cache, big, a number of bytes",
    "hakmem.shared.caches, 0, a number from 1 to 256",
    "hakmem.shared.caches, 257, a number from 1 to 256",
    "hakmem.shared.caches, 4294967297, a number from 1 to 256",
    "hakmem.shared.caches, -4294967295, a number from 1 to 256",
    "hakmem.onInvalid, ignore, 'one of throw, report, halt'",
    "hakmem.checked.poison, some, 'one of all, edges, off'",
    "hakmem.checked.stacks, -1, a number from 0",
    "hakmem.checked.quarantine, 2g, a number from 0",
    "hakmem.checked.leaks, never, 'one of off, close, exit'",
    "hakmem.checked.sweep, -1, a number from 0",
    "hakmem.jmx, yes, true or false",
    "hakmem.jmx, 1, true or false"
  })
  void aBadValueNamesOptionValueAndExpectation(String property, String value, String expected) {
    String environment = property.replace('.', '_').toUpperCase(java.util.Locale.ROOT);
    for (IllegalArgumentException error :
        new IllegalArgumentException[] {
          assertThrows(IllegalArgumentException.class, () -> property(property, value)),
          assertThrows(
              IllegalArgumentException.class, () -> read(Map.of(), Map.of(environment, value)))
        }) {
      String message = String.valueOf(error.getMessage());
      assertTrue(message.contains(property), message);
      assertTrue(message.contains(expected), message);
      assertTrue(message.startsWith(property + "="), message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"com.sun.management.jmxremote", "com.sun.management.jmxremote.port"})
  void jmxFollowsTheJvmsOwnUnlessItIsSaid(String remote) {
    assertFalse(AllocatorOptions.defaults().jmx());
    assertTrue(read(Map.of(remote, ""), Map.of()).jmx());
    assertFalse(read(Map.of(remote, "", "hakmem.jmx", "false"), Map.of()).jmx());
    assertFalse(read(Map.of(remote, ""), Map.of("HAKMEM_JMX", "false")).jmx());
  }

  @Test
  void theTableHasEveryOptionWithItsValue() {
    String table = AllocatorOptions.defaults().withLimit(98_765_432).table();
    for (Option option : AllocatorOptions.OPTIONS) {
      assertTrue(table.contains(option.property()), table);
      assertTrue(table.contains(option.environment()), table);
      assertTrue(table.contains(option.meaning()), table);
    }
    assertTrue(table.contains("98765432"), table);
    assertEquals(AllocatorOptions.OPTIONS.size() + 1, table.lines().count());
  }

  @Test
  void fromSystemReadsTheSystem() {
    System.setProperty("hakmem.decay", "4321");
    try {
      assertEquals(4321, AllocatorOptions.fromSystem().decayMillis());
    } finally {
      System.clearProperty("hakmem.decay");
    }
  }
}
