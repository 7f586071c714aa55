-- title: Bytes that were asked for and bytes that the blocks have, by size class
-- unit: bytes, by sampled allocations
-- events: io.hakmem.FastPathHit
-- description: Sampled allocations with their weights; the class whose rounding wastes most comes first.
SELECT "sizeClass", max("blockSize") AS block, count(*) AS samples,
       CAST(sum(weight) AS BIGINT) AS allocations, avg("requestedSize") AS requested
FROM jfr."io.hakmem.FastPathHit"
WHERE operation = 'allocate' AND "requestedSize" > 0
GROUP BY "sizeClass"
ORDER BY sum(weight * ("blockSize" - "requestedSize")) DESC;
