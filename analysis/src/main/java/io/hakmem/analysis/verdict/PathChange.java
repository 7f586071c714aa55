package io.hakmem.analysis.verdict;

import java.time.Instant;

/** A push path that became live, or was seen live at the start of a chunk. */
public record PathChange(
    Instant time, String freePath, String previous, String by, boolean proven) {}
