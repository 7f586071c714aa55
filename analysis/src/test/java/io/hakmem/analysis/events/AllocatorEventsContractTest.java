package io.hakmem.analysis.events;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import jdk.jfr.Event;
import jdk.jfr.Name;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AllocatorEventsContractTest {

  @ParameterizedTest
  @ValueSource(
      classes = {
        AllocatorEvents.FastPathHit.class,
        AllocatorEvents.FastPathStatistics.class,
        AllocatorEvents.SlowPathFallback.class,
        AllocatorEvents.CapacityRejection.class,
        AllocatorEvents.FreePathInstalled.class
      })
  void hasNameAndFieldsOfTheAllocatorsEvent(Class<? extends Event> ours) throws Exception {
    Class<?> theirs = Class.forName("io.hakmem.event." + ours.getSimpleName());
    assertEquals(theirs.getAnnotation(Name.class).value(), ours.getAnnotation(Name.class).value());
    assertEquals(fields(theirs), fields(ours));
  }

  private static List<String> fields(Class<?> type) {
    return Arrays.stream(type.getDeclaredFields())
        .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
        .map(field -> field.getType().getName() + " " + field.getName())
        .toList();
  }
}
