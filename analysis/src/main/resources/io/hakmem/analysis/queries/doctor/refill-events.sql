-- title: Refills by the exact counters and by their events, before the first and until the last reading of the counters
-- unit: refills
-- events: io.hakmem.SlowPathFallback, io.hakmem.FastPathStatistics
WITH readings AS (
  SELECT "sizeClass", min("startTime") AS first, max("startTime") AS last,
         min(refills) AS before, max(refills) AS total
  FROM jfr."io.hakmem.FastPathStatistics" GROUP BY "sizeClass"),
events AS (
  SELECT r."sizeClass",
         count(*) FILTER (f."startTime" <= r.first) AS before,
         count(*) FILTER (f."startTime" <= r.last) AS total
  FROM readings r
  JOIN jfr."io.hakmem.SlowPathFallback" f ON f."sizeClass" = r."sizeClass"
  WHERE f.operation = 'allocate' AND f.reason IN ('cacheEmpty', 'cacheLow')
  GROUP BY r."sizeClass")
SELECT CAST(sum(r.before) AS BIGINT), CAST(coalesce(sum(e.before), 0) AS BIGINT),
       CAST(sum(r.total) AS BIGINT), CAST(coalesce(sum(e.total), 0) AS BIGINT)
FROM readings r
LEFT JOIN events e ON e."sizeClass" = r."sizeClass"
HAVING count(*) > 0;
