-- title: CPU time between two samples of a thread
-- unit: ns
-- events:
-- The CPU-time sampler says it; of the other sampler it is what a busy thread's neighbouring samples are apart.
WITH gaps AS (
  SELECT coalesce(cpu, nanos - lag(nanos) OVER (ORDER BY nanos)) AS gap
  FROM temp.cpu_samples)
SELECT CAST(quantile_cont(gap, 0.5) AS BIGINT) AS middle
FROM gaps
WHERE gap > 0
HAVING count(*) > 0;
