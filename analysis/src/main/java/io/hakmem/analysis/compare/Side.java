package io.hakmem.analysis.compare;

import io.hakmem.analysis.verdict.HotPath;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One side in short.
 *
 * @param label as the user named it
 * @param recordings the files' names
 * @param freePath the push path; several where the recordings differ
 * @param samples CPU samples in all
 * @param operations allocates and frees that the cost per operation rests on
 * @param nanosPerOperation CPU time of an operation, the program's own work included; 0 if unknown
 * @param undecided why recordings of it carry no verdict; empty where all do
 */
public record Side(
    String label,
    List<String> recordings,
    String freePath,
    long samples,
    long operations,
    double nanosPerOperation,
    String undecided) {

  static Side of(String label, List<HotPath> hotPaths) {
    return new Side(
        label,
        hotPaths.stream().map(HotPath::recording).toList(),
        hotPaths.stream().map(HotPath::freePath).distinct().collect(Collectors.joining(", ")),
        hotPaths.stream().mapToLong(HotPath::samples).sum(),
        hotPaths.stream().mapToLong(h -> h.weighing().operations()).sum(),
        hotPaths.stream()
            .mapToDouble(h -> h.weighing().nanosPerOperation())
            .average()
            .orElse(Double.NaN),
        hotPaths.stream()
            .filter(h -> !h.decided())
            .map(h -> h.recording() + " is undecided: " + h.reason())
            .findFirst()
            .orElse(""));
  }
}
