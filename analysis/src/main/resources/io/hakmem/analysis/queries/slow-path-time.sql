-- title: Time in the slow half by the clock of its events, and how many of them the exact counters counted
-- unit: ns, events
-- events: io.hakmem.SlowPathFallback, io.hakmem.FastPathStatistics
-- description: Where events are fewer than the counters say, the clock has seen only a part.
WITH counted AS (
  SELECT sum(slow) AS slow
  FROM (SELECT max(refills + rejections) AS slow FROM jfr."io.hakmem.FastPathStatistics" GROUP BY "sizeClass"))
SELECT CAST(coalesce(sum(duration), 0) AS BIGINT) AS nanos, count(*) AS events,
       count(*) FILTER (reason <> 'notTiny') AS tiny, CAST(coalesce(any_value(counted.slow), 0) AS BIGINT) AS counted
FROM counted
LEFT JOIN jfr."io.hakmem.SlowPathFallback" ON TRUE;
