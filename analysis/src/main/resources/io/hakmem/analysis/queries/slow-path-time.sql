-- title: Time in the slow half by the clock of its events, and how many of them the exact counters counted
-- unit: ns, events
-- events: io.hakmem.SlowPathFallback, io.hakmem.FastPathStatistics
-- description: Where events are fewer than the counters say, the clock has seen only a part. Counted is what the counters went up
-- description: by between their first and last reading, or since the start of the JVM where there is only one.
WITH counted AS (
  SELECT sum(slow) AS slow
  FROM (SELECT max(refills + rejections) - CASE WHEN count(*) > 1 THEN min(refills + rejections) ELSE 0 END AS slow
        FROM jfr."io.hakmem.FastPathStatistics" GROUP BY "sizeClass"))
-- The free inside of an aligned one has an event of its own where it is slow; who waited for a shared cache goes on after it.
SELECT CAST(coalesce(sum(duration) FILTER (reason <> 'aligned'), 0) AS BIGINT) AS nanos, count(*) AS events,
       count(*) FILTER (reason NOT IN ('notTiny', 'aligned', 'stripeBusy')) AS tiny, CAST(coalesce(any_value(counted.slow), 0) AS BIGINT) AS counted
FROM counted
LEFT JOIN jfr."io.hakmem.SlowPathFallback" ON TRUE;
