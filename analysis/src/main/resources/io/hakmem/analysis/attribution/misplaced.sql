-- title: Samples whose place the JVM's debug information gets wrong
-- unit: samples
-- events: io.hakmem.FastPathStatistics
-- C2 describes the code of what it compiled into one method piece by piece, and an instruction that it lost track of, often the
-- slow one of a loop or a division, passes for the next piece in memory. Where that is the fast half of the allocator it gives
-- itself away: its code runs once per operation, and the exact counters say how often that was. What one place of it took beyond
-- a few nanoseconds each time belongs to other code of the same compiled method: to the application's if samples see it there at
-- all, since the allocator's own loops were seen to keep their places; else to whatever they see there, else to the caller.
-- Loads of a block's memory, and the store of what was loaded, may wait for memory and are let be.
CREATE TEMP TABLE temp.misplaced AS
WITH constants AS (SELECT 5.0 AS nanos_a_place, 10 AS worth, 0.1 AS seen),
-- The recording may have begun long after the JVM; of a single reading nobody knows.
executed AS (
  SELECT 'allocate fast' AS layer, sum(n) AS n
  FROM (SELECT max("allocateHits" + refills) - CASE WHEN count(*) > 1 THEN min("allocateHits" + refills) ELSE 0 END AS n
        FROM jfr."io.hakmem.FastPathStatistics" GROUP BY "sizeClass")
  UNION ALL
  SELECT 'free fast', sum(n)
  FROM (SELECT max("freeHits" + rejections) - CASE WHEN count(*) > 1 THEN min("freeHits" + rejections) ELSE 0 END AS n
        FROM jfr."io.hakmem.FastPathStatistics" GROUP BY "sizeClass")),
sampled AS (
  SELECT s.stack, count(*) AS samples, sum(s.cpu) AS cpu
  FROM temp.cpu_samples s
  WHERE s.stack > 0 AND NOT s.in_native
  GROUP BY s.stack),
roots AS (
  SELECT stack, min("position") AS root
  FROM hakmem.stack_frames
  WHERE "type" <> 'Inlined' AND stack IN (SELECT stack FROM sampled)
  GROUP BY stack
  HAVING arg_min("type", "position") = 'JIT compiled'),
frames AS (
  SELECT f.stack, f.method, f."position" AS place, f."bytecodeIndex" AS bytecode, m.value."type" AS class, m.value.name AS name
  FROM hakmem.stack_frames f
  JOIN roots r ON r.stack = f.stack AND f."position" <= r.root
  JOIN hakmem.methods m ON m.id = f.method),
placed AS (
  SELECT f.stack, arg_max(f.method, f.place) AS method, hash(list((f.method, f.bytecode) ORDER BY f.place)) AS place,
         bool_or(f.class = 'io.hakmem.memory.RawMemory' AND f.name LIKE 'get%')
         OR (bool_or(f.class = 'io.hakmem.memory.RawMemory' AND f.name = 'putLong')
             AND bool_or(f.class = 'io.hakmem.thread.FreeList')) AS waits,
         bool_or(l.layer = 'application') AS called
  FROM frames f
  JOIN temp.method_layers l ON l.method = f.method
  GROUP BY f.stack),
places AS (
  SELECT p.method, p.place, l.layer, bool_or(p.waits) AS waits, bool_or(p.called) AS called,
         sum(s.samples) AS samples, sum(s.cpu) AS cpu
  FROM placed p
  JOIN sampled s ON s.stack = p.stack
  JOIN temp.stack_layers l ON l.stack = p.stack
  GROUP BY p.method, p.place, l.layer),
excess AS (
  SELECT p.method, p.place, p.layer, p.called,
         CAST(floor(p.samples * (1 - e.n * c.nanos_a_place / p.cpu)) AS BIGINT) AS excess
  FROM places p
  JOIN executed e ON e.layer = p.layer, constants c
  WHERE NOT p.waits AND p.samples >= c.worth AND p.cpu > e.n * c.nanos_a_place),
others AS (
  SELECT p.method, p.stack, l.layer = 'application' AS own,
         count(*) FILTER (own) OVER (PARTITION BY p.method) >= k.seen * count(*) OVER (PARTITION BY p.method) AS owned, c.nanos
  FROM placed p
  JOIN temp.stack_layers l ON l.stack = p.stack AND l.layer NOT IN (SELECT layer FROM executed)
  JOIN temp.cpu_samples c ON c.stack = p.stack, constants k),
donors AS (
  SELECT method, stack, row_number() OVER (PARTITION BY method ORDER BY hash(nanos), nanos) - 1 AS place,
         count(*) OVER (PARTITION BY method) AS places
  FROM others
  WHERE own OR NOT owned),
suspects AS (
  SELECT c.rowid AS sample, c.stack, x.method, x.layer, x.called, x.excess,
         row_number() OVER (PARTITION BY x.method, x.place ORDER BY hash(c.nanos), c.nanos) AS rank,
         row_number() OVER (PARTITION BY x.method ORDER BY hash(c.nanos), c.nanos) - 1 AS turn
  FROM excess x
  JOIN placed p ON p.method = x.method AND p.place = x.place
  JOIN temp.cpu_samples c ON c.stack = p.stack),
moved AS (
  SELECT s.sample, s.stack, s.method, s.layer, coalesce(d.stack, CASE WHEN s.called THEN -s.stack END) AS target
  FROM suspects s
  LEFT JOIN donors d ON d.method = s.method AND d.place = s.turn % d.places
  WHERE s.rank <= s.excess AND s.excess > 0)
SELECT sample, layer, method, target
FROM moved
WHERE target IS NOT NULL;
