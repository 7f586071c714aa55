-- title: Reasons for the slow path, by the time that they took
-- unit: ns
-- events: io.hakmem.SlowPathFallback
-- description: The time from the miss to the repair, summed over all threads, with its share of all slow-path time.
-- description: Counts are totals unless the event was throttled or had a threshold.
SELECT operation, reason,
       count(*) AS fallbacks,
       CAST(sum(duration) AS BIGINT) AS total,
       round(100.0 * sum(duration) / nullif(sum(sum(duration)) OVER (), 0), 2) AS percent,
       CAST(quantile_disc(duration, 0.5) AS BIGINT) AS median,
       CAST(quantile_disc(duration, 0.99) AS BIGINT) AS p99,
       max(duration) AS longest,
       CAST(sum("blocksMoved") AS BIGINT) AS blocks
FROM jfr."io.hakmem.SlowPathFallback"
GROUP BY operation, reason
ORDER BY total DESC, operation, reason;
