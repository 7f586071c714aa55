-- title: Slow paths of the size classes whose lists were too small, and what larger lists would leave of them
-- unit: slow paths
-- events: io.hakmem.FastPathStatistics, io.hakmem.CapacityRejection, io.hakmem.SlowPathFallback
-- description: limit says what kept a list from growing: budget (hakmem.thread.cache; it was full more often than growing takes),
-- description: most (a list holds 2,048 blocks and 256 KiB at most) or growth (it was still growing). Spills without a refill between
-- description: them are one surge; a larger list takes more of each surge, all if it fits, and spills the rest in larger batches;
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
  SELECT r."sizeClass", ("eventThread")."osThreadId" AS thread, count(*) AS seen, quantile_disc(capacity, 0.5) AS capacity,
         count(*) FILTER (capacity < most) AS below
  FROM jfr."io.hakmem.CapacityRejection" r JOIN blocks b ON b."sizeClass" = r."sizeClass"
  GROUP BY r."sizeClass", thread),
limits AS (
  -- A list that may grow doubles at each rejection: from 16 to 2,048 it takes seven.
  SELECT "sizeClass", sum(seen) AS seen, CAST(arg_max(capacity, seen) AS BIGINT) AS capacity,
         sum(seen - below) AS at_most, sum(greatest(0, below - 8)) AS held_back
  FROM full_lists
  GROUP BY "sizeClass"),
moves AS (
  SELECT "sizeClass", ("eventThread")."osThreadId" AS thread, operation, "blocksMoved" AS moved, "startTime" AS began,
         operation <> lag(operation, 1, '') OVER (
           PARTITION BY ("eventThread")."osThreadId", "sizeClass" ORDER BY "startTime") AS turns
  FROM jfr."io.hakmem.SlowPathFallback"
  WHERE (operation = 'free' AND reason = 'cacheFull')
     OR (operation = 'allocate' AND reason IN ('cacheEmpty', 'cacheLow'))),
numbered AS (
  SELECT *, sum(CASE WHEN turns THEN 1 ELSE 0 END) OVER (
    PARTITION BY thread, "sizeClass" ORDER BY began ROWS UNBOUNDED PRECEDING) AS surge FROM moves),
counted AS (
  -- How many blocks one surge took or gave, beside what the list had room for; lists are a quarter full before.
  SELECT n."sizeClass", operation, count(*) AS events,
         sum(moved) - arg_max(moved, began) / 2.0
           + CASE operation WHEN 'free' THEN 1.5 * arg_min(moved, began) ELSE 0.75 * min(l.capacity) END AS blocks
  FROM numbered n JOIN limits l ON l."sizeClass" = n."sizeClass"
  GROUP BY n."sizeClass", thread, surge, operation),
-- Short surges may have been cut short when another class took the list's capacity, which leaves no event.
usual AS (
  SELECT "sizeClass", operation, quantile_cont(blocks, 0.9) AS needed FROM counted GROUP BY "sizeClass", operation),
surges AS (
  SELECT c."sizeClass", c.operation, c.events, greatest(c.blocks, u.needed) AS needed, count(*) AS times
  FROM counted c JOIN usual u ON u."sizeClass" = c."sizeClass" AND u.operation = c.operation
  GROUP BY ALL),
-- A spill moves half of the list, a refill half of it or less.
batches AS (
  SELECT "sizeClass", least(1, avg(moved) FILTER (operation = 'allocate') / avg(moved) FILTER (operation = 'free')) AS part
  FROM moves GROUP BY "sizeClass"),
factors AS (SELECT unnest([2, 4, 8, 16, 32, 64, 128]) AS factor),
larger AS (
  SELECT DISTINCT l."sizeClass", least(l.capacity * factor, b.most) AS target
  FROM limits l JOIN blocks b ON b."sizeClass" = l."sizeClass", factors
  WHERE l.capacity < b.most),
left_over AS (
  SELECT n."sizeClass", n.target, s.operation, sum(s.times * s.events) AS events,
         sum(s.times * CASE WHEN s.needed <= n.target THEN 0 ELSE least(s.events, greatest(1,
           ceil((s.needed - 0.75 * n.target) / (0.5 * n.target * CASE s.operation WHEN 'free' THEN 1 ELSE coalesce(part, 1) END))))
           END) AS predicted
  FROM larger n
  JOIN surges s ON s."sizeClass" = n."sizeClass"
  JOIN batches p ON p."sizeClass" = n."sizeClass"
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
