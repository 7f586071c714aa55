-- title: Time that threads waited for locks, by layer
-- unit: ns
-- events: jdk.ThreadPark, jdk.JavaMonitorEnter
-- description: A waiting thread uses no CPU, so no CPU sample shows it. The layer is that of the innermost frame that decides, as for samples.
-- description: Counted are waits to enter a monitor or a lock, not those for work, for a time or for another thread's signal,
-- description: nor those of the threads behind the scenes, the allocator's and Flight Recorder's.
WITH waits AS (
  SELECT "stackTrace" AS stack, duration
  FROM jfr."jdk.JavaMonitorEnter"
  WHERE NOT regexp_matches(coalesce("eventThread"."javaName", ''), '^(hakmem-|JFR )')
  UNION ALL
  SELECT p."stackTrace", p.duration
  FROM jfr."jdk.ThreadPark" p
  WHERE NOT regexp_matches(coalesce(p."eventThread"."javaName", ''), '^(hakmem-|JFR )') AND EXISTS (
    SELECT 1
    FROM hakmem.frames f
    WHERE f.stack = p."stackTrace"
      AND regexp_full_match(f.class, 'java\.util\.concurrent\.locks\.\w*Lock(\$\w+)?')
      AND regexp_matches(f.method, '^(lock|tryLock|readLock|writeLock)'))),
layers AS (
  SELECT f.stack,
         coalesce(arg_min(l.layer, f."position") FILTER (l.layer NOT IN ('caller', 'platform')),
           CASE WHEN bool_or(l.layer = 'caller') THEN 'application' ELSE 'JVM' END) AS layer
  FROM hakmem.stack_frames f
  JOIN temp.method_layers l ON l.method = f.method
  WHERE f.stack IN (SELECT stack FROM waits)
  GROUP BY f.stack)
SELECT coalesce(l.layer, 'JVM') AS layer, count(*) AS waits, CAST(sum(w.duration) AS BIGINT) AS nanos,
       max(w.duration) AS longest
FROM waits w
LEFT JOIN layers l ON l.stack = w.stack
GROUP BY ALL
ORDER BY nanos DESC, layer;
