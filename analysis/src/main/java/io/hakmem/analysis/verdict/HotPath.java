package io.hakmem.analysis.verdict;

import java.util.List;

/**
 * The verdict on one recording. Immutable.
 *
 * @param recording the file's name, without its folder
 * @param samples CPU samples in all
 * @param layers ranked, most samples first; only layers that have samples
 * @param freePath the push path that was live last; {@code unknown} where no event says so
 * @param proven whether the allocator's probe saw that path behave as its name says
 * @param decided whether the evidence is enough to name a hot path
 * @param reason why it is undecided; empty where it is decided
 * @param warnings what else the reader must know, a sentence each: damage, changes of path
 * @param evidence the counters and hot spots behind it
 * @param weighing CPU time, cost per operation, and what independent witnesses say
 * @param recommendations what the evidence recommends, each with its query
 */
public record HotPath(
    String recording,
    long samples,
    List<LayerShare> layers,
    String freePath,
    boolean proven,
    boolean decided,
    String reason,
    List<String> warnings,
    Evidence evidence,
    Weighing weighing,
    List<Recommendation> recommendations) {}
