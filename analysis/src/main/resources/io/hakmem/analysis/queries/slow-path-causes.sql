-- title: Causes of slow-path fallbacks
-- unit: ns
-- events: io.hakmem.SlowPathFallback
-- description: Why the fast path could not serve, where the blocks came from, and how long that took in all; the costliest first.
SELECT operation, reason, source, count(*) AS fallbacks,
       CAST(sum(duration) AS BIGINT) AS total, max(duration) AS longest,
       CAST(sum("blocksMoved") AS BIGINT) AS blocks
FROM jfr."io.hakmem.SlowPathFallback"
GROUP BY operation, reason, source
ORDER BY total DESC, operation, reason, source;
