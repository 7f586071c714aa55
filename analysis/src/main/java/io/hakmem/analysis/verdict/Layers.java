package io.hakmem.analysis.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The layers that CPU time falls on, and the groups of them that a hypothesis may name. */
public final class Layers {

  /** In the order of a call, then what is beside the allocator. */
  public static final List<String> ALL =
      List.of(
          "application",
          "allocate fast",
          "allocate slow",
          "free fast",
          "free checks",
          "spill",
          "central lock",
          "registry",
          "zeroing",
          "copying",
          "OS",
          "instrumentation",
          "JVM",
          "GC",
          "JIT");

  private static final Set<String> OUTSIDE =
      Set.of("application", "JVM", "instrumentation", "GC", "JIT");

  private static final Map<String, List<String>> GROUPS =
      Map.of(
          "free push", List.of("free fast", "free checks"),
          "free", List.of("free fast", "free checks", "spill"),
          "allocate", List.of("allocate fast", "allocate slow"),
          "slow path", List.of("allocate slow", "spill", "central lock", "registry", "OS"),
          "allocator", ALL.stream().filter(layer -> !OUTSIDE.contains(layer)).toList());

  private Layers() {}

  /** Whether the layer is not the allocator's own work. */
  public static boolean isOutside(String layer) {
    return OUTSIDE.contains(layer);
  }

  /**
   * The layers that a name stands for: one of {@link #ALL}, or a group; case does not matter, and
   * dashes are spaces.
   *
   * @throws IllegalArgumentException with all valid names
   */
  public static List<String> named(String name) {
    String wanted = plain(name);
    List<String> group = GROUPS.get(wanted);
    if (group != null) {
      return group;
    }
    return ALL.stream()
        .filter(layer -> plain(layer).equals(wanted))
        .findFirst()
        .map(List::of)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "unknown layer '" + name + "'; valid: " + String.join(", ", names())));
  }

  /** Every valid name, as a command line spells it. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(ALL.stream().map(Layers::dashed).toList());
    names.addAll(new TreeSet<>(GROUPS.keySet()).stream().map(Layers::dashed).toList());
    return names;
  }

  private static String dashed(String name) {
    return plain(name).replace(' ', '-');
  }

  private static String plain(String name) {
    return name.strip().toLowerCase(Locale.ROOT).replace('-', ' ');
  }
}
