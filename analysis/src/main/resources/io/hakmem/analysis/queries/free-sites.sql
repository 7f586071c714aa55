-- title: Places that free, by operations
-- unit: operations and bytes
-- events: io.hakmem.FastPathHit, io.hakmem.SlowPathFallback
-- description: The site is the innermost frame that is neither the allocator's nor the JDK's. Sampled hits count by their weight,
-- description: slow-path frees whole. low and high are the 95 % interval of the frees. bytes are those of the blocks of sampled
-- description: hits, header and rounding included; a slow-path free does not tell its size. The twenty sites with the most frees.
-- 2.17 is the quantile of 97 %: a series of recordings, where chance moves the share that holds, keeps 95 % as its floor.
WITH
hits AS (
  SELECT "stackTrace" AS stack, weight AS w, weight * ("blockSize") AS bytes,
         -- Each hit is drawn with chance 1/weight: Horvitz and Thompson's estimate of the variance.
         CAST(weight AS DOUBLE) * (weight - 1) AS count_variance,
         CAST(weight AS DOUBLE) * (weight - 1) * ("blockSize") * ("blockSize") AS bytes_variance
  FROM jfr."io.hakmem.FastPathHit"
  WHERE operation = 'free'
  UNION ALL
  -- The slow path is recorded whole: one event, one operation.
  SELECT "stackTrace", 1, NULL, 0, 0
  FROM jfr."io.hakmem.SlowPathFallback"
  -- An aligned block and a wait for a shared cache: the same operation goes on and is counted as what it is then.
  WHERE operation = 'free' AND reason NOT IN ('aligned', 'stripeBusy')),
sites AS (
  SELECT f.stack, arg_min(f.text, f."position") AS site
  FROM hakmem.frames f
  WHERE NOT regexp_matches(f.class, '^io\.hakmem\.([A-Z]|(agent|central|config|event|memory|slab|thread)\.)')
    AND NOT regexp_matches(f.class, '^(java|javax|jdk|sun|com\.sun)\.')
  GROUP BY f.stack),
totals AS (
  SELECT coalesce(s.site, '(no frame outside of the allocator)') AS site,
         count(*) AS samples,
         CAST(sum(h.w) AS DOUBLE) AS frees,
         CAST(sum(h.w) FILTER (h.count_variance > 0) AS DOUBLE) AS sampled,
         CAST(sum(h.bytes) AS BIGINT) AS bytes,
         sum(h.count_variance) AS variance
  FROM hits h
  LEFT JOIN sites s ON s.stack = h.stack
  GROUP BY 1),
effective AS (
  SELECT *, sampled * sampled / nullif(variance, 0) AS n FROM totals)
SELECT site, samples,
       CAST(frees AS BIGINT) AS frees,
       round(100 * frees / nullif(sum(frees) OVER (), 0), 2) AS percent,
       CAST(round(CASE WHEN n IS NULL THEN frees
         ELSE frees - sampled + sampled * greatest(0, 1 - 1 / (9 * n) - 2.17 / (3 * sqrt(n))) ** 3
         END) AS BIGINT) AS low,
       CAST(round(CASE WHEN n IS NULL THEN frees
         ELSE frees - sampled
           + sampled / n * (n + 1) * (1 - 1 / (9 * (n + 1)) + 2.17 / (3 * sqrt(n + 1))) ** 3
         END) AS BIGINT) AS high,
       bytes
FROM effective
ORDER BY frees DESC, site
LIMIT 20;
