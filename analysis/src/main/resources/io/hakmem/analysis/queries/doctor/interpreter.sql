-- title: CPU samples by the kind of code that ran
-- unit: samples
-- events:
-- The first second, in which everything is interpreted, is left out where more follows.
WITH span AS (SELECT min(nanos) AS first, max(nanos) AS last FROM temp.cpu_samples)
SELECT count(*) FILTER (f."type" = 'Interpreted') AS interpreted, count(*) AS samples
FROM temp.cpu_samples s
JOIN span ON s.nanos >= first + CASE WHEN last - first > 2000000000 THEN 1000000000 ELSE 0 END
JOIN hakmem.stack_frames f ON f.stack = s.stack AND f."position" = 0
HAVING count(*) > 0;
