-- title: Capacity rejections and refills by size class against the frees and allocates that met them
-- unit: operations
-- events: io.hakmem.FastPathStatistics, io.hakmem.CapacityRejection
-- description: Only classes with at least 100 rejections; counters are those of one JVM from its start.
WITH capacities AS (
  SELECT "sizeClass", max(capacity) AS capacity, avg("blocksSpilled") AS spilled
  FROM jfr."io.hakmem.CapacityRejection" GROUP BY "sizeClass")
SELECT s."sizeClass", max(s."blockSize") AS "blockSize", max(s."freeHits" + s.rejections) AS frees, max(s.rejections) AS rejections,
       max(s."allocateHits" + s.refills) AS allocates, max(s.refills) AS refills, c.capacity, c.spilled
FROM jfr."io.hakmem.FastPathStatistics" s
JOIN capacities c ON c."sizeClass" = s."sizeClass"
GROUP BY s."sizeClass", c.capacity, c.spilled
HAVING max(s.rejections) >= 100
ORDER BY rejections DESC;
