package io.hakmem.analysis.verdict;

import java.util.List;

/**
 * What the verdict rests on beside the layers: exact counters, recorded slow paths, hot spots.
 *
 * @param sampleEvent the event type that the CPU samples came from
 * @param counters by size class, only classes in use
 * @param fallbacks longest total time first
 * @param rejections by size class
 * @param pathChanges in time order, repeats of the same state left out
 * @param methods innermost methods, most samples first
 * @param lines innermost source lines, most samples first
 * @param applicationPackages packages of the samples that count as application
 */
public record Evidence(
    String sampleEvent,
    List<ClassCounters> counters,
    List<FallbackCause> fallbacks,
    List<ClassRejections> rejections,
    List<PathChange> pathChanges,
    List<HotSpot> methods,
    List<HotSpot> lines,
    List<HotSpot> applicationPackages) {}
