package io.hakmem.event;

import static java.util.Map.entry;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.jfr.DataAmount;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.MemoryAddress;
import jdk.jfr.SettingDescriptor;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a tool that has never heard of the allocator can tell its user. */
class EventMetadataTest {

  private static final Set<String> STANDARD =
      Set.of("startTime", "duration", "eventThread", "stackTrace");

  /** The contract with the profiles and the analysis, which know names only. */
  private static final Map<String, List<String>> FIELDS =
      new TreeMap<>(
          Map.ofEntries(
              entry(
                  "InvalidFree",
                  List.of(
                      "kind",
                      "address",
                      "header",
                      "sizeClass",
                      "requestedSize",
                      "freePath",
                      "allocatedAt",
                      "freedAt")),
              entry("LeakSuspect", List.of("bytes", "blocks", "allocatedAt", "youngest")),
              entry(
                  "FastPathHit",
                  List.of(
                      "operation",
                      "sizeClass",
                      "blockSize",
                      "requestedSize",
                      "freePath",
                      "weight")),
              entry(
                  "FastPathStatistics",
                  List.of(
                      "sizeClass",
                      "blockSize",
                      "allocateHits",
                      "freeHits",
                      "refills",
                      "rejections",
                      "cachedBlocks",
                      "capacity")),
              entry(
                  "SlowPathFallback",
                  List.of(
                      "operation",
                      "reason",
                      "source",
                      "sizeClass",
                      "requestedSize",
                      "blocksMoved")),
              entry(
                  "CapacityRejection",
                  List.of("sizeClass", "cachedBlocks", "capacity", "blocksSpilled")),
              entry("FreePathInstalled", List.of("freePath", "previous", "by", "proven")),
              entry("SegmentReserve", List.of("bytes", "address", "purpose")),
              entry("SegmentRelease", List.of("bytes", "address", "purpose")),
              entry(
                  "AllocatorConfiguration",
                  List.of(
                      "version",
                      "freePath",
                      "options",
                      "sizeClasses",
                      "largestClassSize",
                      "pageSize")),
              entry(
                  "OperationTrace",
                  List.of(
                      "version",
                      "stream",
                      "threadId",
                      "threadName",
                      "firstOperation",
                      "operations",
                      "repeatedOperations",
                      "lostOperations",
                      "recordedFrom",
                      "age",
                      "checksum",
                      "data"))));

  private static final List<EventType> TYPES =
      new ClassFileImporter()
              .withImportOption(new ImportOption.DoNotIncludeTests())
              .importPackages("io.hakmem")
              .stream()
              .filter(type -> type.isAssignableTo(Event.class))
              .map(JavaClass::reflect)
              .map(type -> EventType.getEventType(type.asSubclass(Event.class)))
              .toList();

  static Stream<EventType> types() {
    return TYPES.stream();
  }

  private static List<ValueDescriptor> fields(EventType type) {
    return type.getFields().stream().filter(f -> !STANDARD.contains(f.getName())).toList();
  }

  private static void assertSays(String where, String text) {
    assertNotNull(text, where);
    assertFalse(text.isBlank(), where);
  }

  @Test
  void everyEventOfTheContractExistsWithItsFields() {
    Map<String, List<String>> found = new TreeMap<>();
    types()
        .forEach(
            type ->
                found.put(
                    type.getName().substring("io.hakmem.".length()),
                    fields(type).stream().map(ValueDescriptor::getName).toList()));
    assertTrue(found.keySet().containsAll(FIELDS.keySet()), found::toString);
    FIELDS.forEach((name, fields) -> assertEquals(fields, found.get(name), name));
  }

  @ParameterizedTest
  @MethodSource("types")
  void isNamedLabelledAndCategorised(EventType type) {
    assertTrue(type.getName().startsWith("io.hakmem."), type::getName);
    assertFalse(type.getName().endsWith("Event"), type::getName);
    assertSays(type.getName(), type.getLabel());
    assertSays(type.getName(), type.getDescription());
    assertEquals("Hakmem", type.getCategoryNames().getFirst(), type.getName());
  }

  @ParameterizedTest
  @MethodSource("types")
  void everyFieldAndSettingIsLabelledAndDescribed(EventType type) {
    for (ValueDescriptor field : fields(type)) {
      String where = type.getName() + "." + field.getName();
      assertSays(where, field.getLabel());
      assertSays(where, field.getDescription());
    }
    for (SettingDescriptor setting : type.getSettingDescriptors()) {
      String where = type.getName() + "#" + setting.getName();
      assertSays(where, setting.getLabel());
      assertSays(where, setting.getDescription());
    }
  }

  @ParameterizedTest
  @MethodSource("types")
  void sizesAndAddressesHaveTheirUnit(EventType type) {
    for (ValueDescriptor field : fields(type)) {
      String name = field.getName();
      if (name.equals("bytes") || name.endsWith("Bytes") || name.endsWith("Size")) {
        assertNotNull(field.getAnnotation(DataAmount.class), type.getName() + "." + name);
      }
      if (name.equals("address") || name.endsWith("Address")) {
        assertNotNull(field.getAnnotation(MemoryAddress.class), type.getName() + "." + name);
      }
    }
  }

  /** Whatever happens per operation or per miss is off by default and can be throttled. */
  @Test
  void hotEventsAreOffAndThrottled() {
    Set<String> hot =
        new TreeSet<>(
            List.of(
                "io.hakmem.FastPathHit",
                "io.hakmem.SlowPathFallback",
                "io.hakmem.CapacityRejection"));
    types()
        .filter(type -> hot.remove(type.getName()))
        .forEach(
            type -> {
              assertEquals("false", setting(type, "enabled"), type.getName());
              assertEquals("off", setting(type, "throttle"), type.getName());
            });
    assertEquals(Set.of(), hot);
  }

  private static String setting(EventType type, String name) {
    return type.getSettingDescriptors().stream()
        .filter(setting -> setting.getName().equals(name))
        .map(SettingDescriptor::getDefaultValue)
        .findFirst()
        .orElse("absent");
  }
}
