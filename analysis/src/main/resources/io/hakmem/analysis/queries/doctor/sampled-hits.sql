-- title: Fast-path hits that the samples stand for, and that the exact counters counted in the same time
-- unit: operations
-- events: io.hakmem.FastPathHit, io.hakmem.FastPathStatistics
WITH span AS (
  SELECT min("startTime") AS first, max("startTime") AS last FROM jfr."io.hakmem.FastPathStatistics"),
counted AS (
  SELECT "sizeClass", max("allocateHits" + "freeHits") - min("allocateHits" + "freeHits") AS hits
  FROM jfr."io.hakmem.FastPathStatistics" GROUP BY "sizeClass")
SELECT coalesce((SELECT count(*) FROM jfr."io.hakmem.FastPathHit", span WHERE "startTime" BETWEEN first AND last), 0),
       CAST(coalesce((SELECT sum(weight) FROM jfr."io.hakmem.FastPathHit", span
                      WHERE "startTime" BETWEEN first AND last), 0) AS BIGINT),
       CAST(coalesce((SELECT max(weight) FROM jfr."io.hakmem.FastPathHit"), 0) AS BIGINT),
       CAST(sum(hits) AS BIGINT)
FROM counted;
