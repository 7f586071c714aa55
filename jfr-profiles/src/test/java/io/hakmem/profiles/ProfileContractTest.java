package io.hakmem.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.DataAmount;
import jdk.jfr.EventType;
import jdk.jfr.FlightRecorder;
import jdk.jfr.SettingDescriptor;
import jdk.jfr.ValueDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;

/** What the profiles name exists: in this JDK, and in the allocator. */
class ProfileContractTest {

  static List<Profile> profiles() throws Exception {
    return Profile.all();
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyEventAndSettingExists(Profile profile) throws Exception {
    Map<String, EventType> types = eventTypes();
    List<String> unknown = new ArrayList<>();
    for (Element event : profile.elements("event")) {
      String name = event.getAttribute("name");
      EventType type = types.get(name);
      if (type == null) {
        unknown.add(name);
        continue;
      }
      Set<String> settings = new HashSet<>();
      for (SettingDescriptor setting : type.getSettingDescriptors()) {
        settings.add(setting.getName());
      }
      for (Element setting : settings(event)) {
        if (!settings.contains(setting.getAttribute("name"))) {
          unknown.add(name + "#" + setting.getAttribute("name"));
        }
      }
    }
    assertEquals(List.of(), unknown);
  }

  /** Events inside of a category are lost to {@code jfr configure}. */
  @ParameterizedTest
  @MethodSource("profiles")
  void eventsStandDirectlyUnderTheConfigurationAndOnlyOnce(Profile profile) throws Exception {
    Set<String> names = new HashSet<>();
    for (Element event : profile.elements("event")) {
      assertEquals("configuration", event.getParentNode().getNodeName());
      assertTrue(names.add(event.getAttribute("name")), event.getAttribute("name") + " twice");
    }
    assertFalse(names.isEmpty());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void everyControlIsUsedAndEveryUsedControlExists(Profile profile) throws Exception {
    Set<String> used = new TreeSet<>();
    for (Element setting : profile.elements("setting")) {
      used.add(setting.getAttribute("control"));
    }
    for (Element test : profile.elements("test")) {
      used.add(test.getAttribute("name"));
    }
    used.remove("");
    Set<String> defined = new TreeSet<>();
    for (String kind : new String[] {"text", "selection", "flag", "condition"}) {
      for (Element control : profile.elements(kind)) {
        defined.add(control.getAttribute("name"));
      }
    }
    assertEquals(defined, used);
  }

  /** What a trace needs of the allocator to be understood and checked. */
  private static final Set<String> TRACED =
      Set.of(
          "io.hakmem.OperationTrace",
          "io.hakmem.FastPathStatistics",
          "io.hakmem.FreePathInstalled",
          "io.hakmem.AllocatorConfiguration");

  @ParameterizedTest
  @MethodSource("profiles")
  void everyEventOfTheAllocatorIsOnButTheTrace(Profile profile) throws Exception {
    boolean trace = profile.toString().equals(Profile.TRACE);
    Set<String> expected = new TreeSet<>();
    for (EventType type : AllocatorEvents.all()) {
      expected.add(type.getName());
    }
    assertTrue(expected.containsAll(TRACED), expected.toString());
    if (trace) {
      expected.retainAll(TRACED);
    } else {
      expected.remove("io.hakmem.OperationTrace");
    }
    Set<String> enabled = new TreeSet<>(profile.enabledEvents());
    enabled.removeIf(name -> !name.startsWith("io.hakmem."));
    assertEquals(expected, enabled);
  }

  /**
   * All of it, so that a recording can be given to a stranger: read the list before adding to it.
   */
  @Test
  void aProductionRecordingMayHoldWhatTheListSays() throws Exception {
    Map<String, EventType> types = eventTypes();
    List<String> fields = new ArrayList<>();
    for (String name : Profile.production().possibleEvents()) {
      fields.addAll(ProductionList.fields(Objects.requireNonNull(types.get(name), name)));
    }
    assertEquals(ProductionList.text(), String.join("\n", fields));
  }

  /** Each of a sampler's samples displaces one of the other's, and the verdict takes one. */
  @ParameterizedTest
  @MethodSource("profiles")
  void onlyOneCpuSamplerIsOn(Profile profile) throws Exception {
    assertFalse(profile.enabledEvents().contains("jdk.ExecutionSample"));
    assertTrue(profile.possibleEvents().contains("jdk.ExecutionSample"));
    assertTrue(profile.possibleEvents().contains("jdk.CPUTimeSample"));
  }

  @Test
  void theAllocatorsEventsExplainThemselves() throws Exception {
    List<EventType> types = AllocatorEvents.all();
    assertFalse(types.isEmpty());
    for (EventType type : types) {
      assertTrue(type.getName().startsWith("io.hakmem."), type.getName());
      assertTrue(type.getLabel() != null, type.getName() + " has no label");
      assertTrue(type.getDescription() != null, type.getName() + " has no description");
      assertEquals("Hakmem", type.getCategoryNames().get(0), type.getName());
      for (ValueDescriptor field : type.getFields()) {
        String name = type.getName() + "." + field.getName();
        assertTrue(field.getLabel() != null, name + " has no label");
        if (name.matches(".*(bytes|Bytes|Size)")) {
          assertTrue(field.getAnnotation(DataAmount.class) != null, name + " has no unit");
        }
      }
    }
  }

  private static Map<String, EventType> eventTypes() throws Exception {
    Map<String, EventType> types = new HashMap<>();
    for (EventType type : FlightRecorder.getFlightRecorder().getEventTypes()) {
      types.put(type.getName(), type);
    }
    for (EventType type : AllocatorEvents.all()) {
      types.put(type.getName(), type);
    }
    return types;
  }

  private static List<Element> settings(Element event) {
    List<Element> settings = new ArrayList<>();
    for (int i = 0; i < event.getChildNodes().getLength(); i++) {
      if (event.getChildNodes().item(i) instanceof Element setting) {
        settings.add(setting);
      }
    }
    return settings;
  }
}
