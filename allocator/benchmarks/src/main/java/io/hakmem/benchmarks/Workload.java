package io.hakmem.benchmarks;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One workload of the command line: its name, the numbers that it takes, and what it does.
 *
 * @param check what is wrong with numbers that depend on each other, or an empty string
 */
record Workload(String name, List<Parameter> parameters, Check check, Body body) {

  /**
   * A number with a default; {@code meaning} starts with a lower-case letter and has no full stop.
   */
  record Parameter(String name, String meaning, long fallback, long min, long max) {

    private String wrong(long value) {
      if (value >= min && value <= max) {
        return "";
      }
      String range = max == Long.MAX_VALUE ? min + " or more" : min + " to " + max;
      return "%s must be %s: %d".formatted(name, range, value);
    }

    private String usage(int width) {
      String format = "  %-" + width + "s  %s (default %d)";
      return format.formatted(name, meaning, fallback);
    }
  }

  /** Says what is wrong with all numbers together, or an empty string. */
  @FunctionalInterface
  interface Check {
    String wrong(long[] values);
  }

  /** Does the work with checked numbers; returns the exit code. */
  @FunctionalInterface
  interface Body {
    int run(long[] values, PrintStream out) throws InterruptedException;
  }

  Workload(String name, List<Parameter> parameters, Body body) {
    this(name, parameters, values -> "", body);
  }

  long[] defaults() {
    return parameters.stream().mapToLong(Parameter::fallback).toArray();
  }

  /** The first thing that is wrong, or an empty string. */
  String wrong(long[] values) {
    for (int i = 0; i < values.length; i++) {
      String wrong = parameters.get(i).wrong(values[i]);
      if (!wrong.isEmpty()) {
        return wrong;
      }
    }
    return check.wrong(values);
  }

  String synopsis() {
    return parameters.stream()
        .map(parameter -> " [" + parameter.name + "]")
        .collect(Collectors.joining("", name, ""));
  }

  String usage() {
    int width = parameters.stream().mapToInt(p -> p.name.length()).max().orElse(0);
    return parameters.stream()
        .map(parameter -> parameter.usage(width))
        .collect(Collectors.joining("\n", "usage: " + synopsis() + "\n", ""));
  }
}
