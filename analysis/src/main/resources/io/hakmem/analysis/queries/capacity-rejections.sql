-- title: Capacity rejections by size class
-- unit: events
-- events: io.hakmem.CapacityRejection
-- description: Frees that found the list of their thread full, and the blocks that were spilled to the central list.
SELECT "sizeClass", count(*) AS rejections, CAST(sum("blocksSpilled") AS BIGINT) AS spilled
FROM jfr."io.hakmem.CapacityRejection"
GROUP BY "sizeClass"
ORDER BY "sizeClass";
