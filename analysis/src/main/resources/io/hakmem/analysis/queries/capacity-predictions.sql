-- title: Slow paths of the size classes whose lists were too small, and what larger lists would leave of them
-- unit: slow paths
-- events: io.hakmem.FastPathStatistics, io.hakmem.CapacityRejection, io.hakmem.SlowPathFallback
-- description: limit says what kept a list from growing: budget (hakmem.thread.cache; it was full again at the same size or smaller),
-- description: most (a list holds 2,048 blocks and 256 KiB at most) or growth (it was still growing). Spills without a refill between
-- description: them are one surge; a list that is larger by x takes the first x blocks of each surge, and spills the rest in larger batches;
-- description: refills likewise. Rates are per operation of the class, rejections and refills are the exact counters'.
WITH
blocks AS (
  SELECT "sizeClass", max("blockSize") AS block,
         greatest(2, least(2048, 262144 // max("blockSize"))) AS most,
         max("freeHits" + rejections) AS frees, max(rejections) AS rejections,
         max("allocateHits" + refills) AS allocates, max(refills) AS refills
  FROM jfr."io.hakmem.FastPathStatistics"
  GROUP BY "sizeClass"),
full_lists AS (
  SELECT "sizeClass", capacity,
         lead(capacity) OVER (PARTITION BY ("eventThread")."osThreadId", "sizeClass" ORDER BY "startTime") AS later
  FROM jfr."io.hakmem.CapacityRejection"),
limits AS (
  SELECT f."sizeClass", count(*) AS seen, CAST(quantile_disc(capacity, 0.5) AS BIGINT) AS capacity,
         count(*) FILTER (capacity >= most) AS at_most,
         count(*) FILTER (capacity < most AND later <= capacity) AS held_back
  FROM full_lists f JOIN blocks b ON b."sizeClass" = f."sizeClass"
  GROUP BY f."sizeClass"),
moves AS (
  SELECT "sizeClass", ("eventThread")."osThreadId" AS thread, operation, "blocksMoved" AS moved, "startTime" AS at,
         operation <> lag(operation, 1, '') OVER (
           PARTITION BY ("eventThread")."osThreadId", "sizeClass" ORDER BY "startTime") AS turns
  FROM jfr."io.hakmem.SlowPathFallback"
  WHERE (operation = 'free' AND reason = 'cacheFull')
     OR (operation = 'allocate' AND reason IN ('cacheEmpty', 'cacheLow'))),
numbered AS (
  SELECT *, count(*) FILTER (turns) OVER (PARTITION BY thread, "sizeClass" ORDER BY at) AS surge FROM moves),
surges AS (
  SELECT "sizeClass", operation, count(*) AS events, sum(moved) AS moved
  FROM numbered GROUP BY "sizeClass", thread, surge, operation),
factors AS (SELECT unnest([2, 4, 8, 16, 32, 64, 128]) AS factor),
larger AS (
  SELECT l."sizeClass", factor, least(l.capacity * factor, b.most) AS target, l.capacity
  FROM limits l JOIN blocks b ON b."sizeClass" = l."sizeClass", factors
  WHERE l.capacity * factor < 2 * b.most AND l.capacity < b.most),
left_over AS (
  SELECT n."sizeClass", n.target, s.operation, sum(s.events) AS events,
         sum(least(s.events, ceil(greatest(0, s.moved - (n.target - n.capacity)) / (n.target / 2)))) AS predicted
  FROM larger n JOIN surges s ON s."sizeClass" = n."sizeClass"
  GROUP BY n."sizeClass", n.target, s.operation)
SELECT b."sizeClass", b.block, b.frees, b.rejections, b.allocates, b.refills, l.capacity,
       CASE WHEN l.at_most * 2 > l.seen THEN 'most' WHEN l.held_back * 2 > l.seen THEN 'budget' ELSE 'growth' END AS "limit",
       spills.target,
       -- Where events are missing they stand for those that were counted.
       CAST(round(b.rejections * spills.predicted / spills.events) AS BIGINT) AS rejections_then,
       CAST(round(b.refills * coalesce(fetches.predicted / fetches.events, 1)) AS BIGINT) AS refills_then
FROM limits l
JOIN blocks b ON b."sizeClass" = l."sizeClass"
LEFT JOIN left_over spills ON spills."sizeClass" = l."sizeClass" AND spills.operation = 'free'
LEFT JOIN left_over fetches
  ON fetches."sizeClass" = l."sizeClass" AND fetches.operation = 'allocate' AND fetches.target = spills.target
WHERE b.rejections >= 100
ORDER BY b.rejections DESC, b."sizeClass", spills.target;
