-- title: Capacity rejections by size class and capacity
-- unit: events
-- events: io.hakmem.CapacityRejection
-- description: A list that was full when it held few blocks was still growing; one that is full at its largest capacity churns.
SELECT "sizeClass", capacity,
       count(*) AS rejections,
       CAST(sum("blocksSpilled") AS BIGINT) AS blocks_spilled,
       round(avg("cachedBlocks"), 1) AS mean_cached
FROM jfr."io.hakmem.CapacityRejection"
GROUP BY "sizeClass", capacity
ORDER BY "sizeClass", capacity;
