-- title: CPU time in which threads may have walked their stacks for events, at most
-- unit: ns
-- events: io.hakmem.SlowPathFallback, io.hakmem.CapacityRejection, io.hakmem.SegmentReserve, io.hakmem.SegmentRelease, io.hakmem.FastPathHit
-- An event with a stack costs 320 to 450 ns, nearly all of it the walk, which the JVM does in its own code.
CREATE TEMP TABLE temp.stack_walks AS
WITH walks AS (
  SELECT "eventThread"."javaThreadId" AS thread FROM jfr."io.hakmem.SlowPathFallback" WHERE "stackTrace" IS NOT NULL
  UNION ALL
  SELECT "eventThread"."javaThreadId" FROM jfr."io.hakmem.CapacityRejection" WHERE "stackTrace" IS NOT NULL
  UNION ALL
  SELECT "eventThread"."javaThreadId" FROM jfr."io.hakmem.SegmentReserve" WHERE "stackTrace" IS NOT NULL
  UNION ALL
  SELECT "eventThread"."javaThreadId" FROM jfr."io.hakmem.SegmentRelease" WHERE "stackTrace" IS NOT NULL
  UNION ALL
  SELECT "eventThread"."javaThreadId" FROM jfr."io.hakmem.FastPathHit" WHERE "stackTrace" IS NOT NULL)
SELECT thread, 400 * count(*) AS nanos
FROM walks
GROUP BY thread;
