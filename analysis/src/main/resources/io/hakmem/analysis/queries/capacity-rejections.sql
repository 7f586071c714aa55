-- title: Capacity rejections by size class
-- unit: events
-- events: io.hakmem.CapacityRejection
SELECT "sizeClass", count(*) AS rejections, CAST(sum("blocksSpilled") AS BIGINT) AS spilled
FROM jfr."io.hakmem.CapacityRejection"
GROUP BY "sizeClass"
ORDER BY "sizeClass";
