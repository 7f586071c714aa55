-- title: Share of operations that the fast path served, by size class
-- unit: operations and percent
-- events: io.hakmem.FastPathStatistics
-- description: Counted by the allocator, not sampled, since the start of the JVM; misses are refills and rejections.
-- description: The last event of each class counts, so the recordings should be of one JVM.
SELECT "sizeClass", "blockSize",
       "allocateHits" AS allocate_hits, refills,
       round(100.0 * "allocateHits" / nullif("allocateHits" + refills, 0), 4) AS allocate_percent,
       "freeHits" AS free_hits, rejections,
       round(100.0 * "freeHits" / nullif("freeHits" + rejections, 0), 4) AS free_percent
FROM jfr."io.hakmem.FastPathStatistics"
QUALIFY row_number() OVER (
    PARTITION BY "sizeClass"
    ORDER BY "startTime" DESC, "allocateHits" + "freeHits" + refills + rejections DESC) = 1
  AND "allocateHits" + "freeHits" + refills + rejections > 0
ORDER BY "sizeClass";
