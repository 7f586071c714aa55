-- title: Exact counters by size class, since the start of the JVM
-- unit: operations
-- events: io.hakmem.FastPathStatistics
-- description: Counted by the allocator, not sampled. The last event of each class counts, so the recordings should be of one JVM.
SELECT "sizeClass", "blockSize", "allocateHits", "freeHits", refills, rejections
FROM jfr."io.hakmem.FastPathStatistics"
QUALIFY row_number() OVER (PARTITION BY "sizeClass" ORDER BY "startTime" DESC) = 1
  AND "allocateHits" + "freeHits" + refills + rejections > 0
ORDER BY "sizeClass";
