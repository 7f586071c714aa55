-- title: CPU samples of the CPU-time sampler
-- unit: samples
-- events: jdk.CPUTimeSample
-- The period is the CPU time that passed since the thread's last sample, as the system's timer saw it.
--
-- A biased sample has the stack of the next safepoint instead of its own, so one line gets what belongs to many. Two kinds:
-- - In code that the JVM has by hand (copying, hashing, the clock) no frame can be told. The safepoint is close. Where it is in
--   the fast half of the allocator, which has no such code, the caller was meant: the stack counts from there on. Where it is in
--   the slow half and the program does not live there, the sample gets the stack of one in the compiled method that called it.
--   The free of an aligned block has no such code but the clock of its event: that is the recording's, as a walk of the stack is.
-- - With the other sampler on as well, each of its samples displaces one of ours, wherever that is. It gets the stack of one that
--   was seen exactly in the same compiled method, unless most there are biased: that code is by hand.

-- for each stack the innermost frame that is not inlined and the one that called it, and where the innermost frame is that neither
-- the JDK's nor a single access to memory is; a fill is a loop of the allocator, with safepoints of its own
CREATE TEMP TABLE temp.compiled AS
WITH frames AS (
  SELECT f.stack, f."position" AS place, f.method, f."type", m.value."type" AS class, m.value.name AS name
  FROM hakmem.stack_frames f
  JOIN hakmem.methods m ON m.id = f.method
  WHERE f.stack IN (SELECT "stackTrace" FROM jfr."jdk.CPUTimeSample")),
innermost AS (
  SELECT stack, arg_min(class, place) AS class, arg_min(name, place) AS name
  FROM frames
  WHERE NOT regexp_matches(class, '^(java|javax|jdk|sun)\.')
    AND NOT (class = 'io.hakmem.memory.RawMemory' AND regexp_matches(name, '^(get|put|compare)'))
  GROUP BY stack)
SELECT f.stack, arg_min(f.method, f.place) AS method, list(f.method ORDER BY f.place)[2] AS caller,
       arg_min(f."type", f.place) = 'Native' AS native,
       arg_min(regexp_full_match(f.class, 'io\.hakmem\.thread\.(ThreadCaches|CacheSlow|Accounts|FreePath|\w+Push)'), f.place) AS slow,
       coalesce(any_value(regexp_full_match(i.class,
           'io\.hakmem\.(Hakmem|Heap|Allocator|ThreadCache|thread\.(FreePath|FreeList|\w+Push)|config\..*|memory\.RawMemory)')
         AND NOT regexp_matches(i.name, 'Slow|Other|reallocate|copy|fill|zeroFew')), FALSE) AS fast,
       coalesce(any_value(i.class = 'io.hakmem.Heap' AND i.name = 'freeAlignedSlow'), FALSE) AS clock
FROM frames f
LEFT JOIN innermost i ON i.stack = f.stack
WHERE f."type" <> 'Inlined'
GROUP BY f.stack;

CREATE TEMP TABLE temp.cpu_samples AS
WITH samples AS (
  SELECT s."stackTrace" AS stack, epoch_ns(s."startTime") AS nanos, s."samplingPeriod" AS cpu,
         s.biased AND NOT s.failed AND NOT c.native AS biased, c.method, c.caller, c.slow, c.fast, c.clock
  FROM jfr."jdk.CPUTimeSample" s
  LEFT JOIN temp.compiled c ON c.stack = s."stackTrace"),
mostly AS (
  SELECT method, 2 * count(*) FILTER (biased) < count(*) AND EXISTS (SELECT 1 FROM jfr."jdk.ExecutionSample") AS exact
  FROM samples
  WHERE NOT (biased AND slow)
  GROUP BY method),
sorted AS (
  SELECT s.*, coalesce(s.biased AND (s.slow OR m.exact), FALSE) AS displaced,
         CASE WHEN s.slow THEN s.caller ELSE s.method END AS home
  FROM samples s
  LEFT JOIN mostly m ON m.method = s.method),
donors AS (
  SELECT CASE WHEN biased AND fast THEN -stack ELSE stack END AS stack, method,
         row_number() OVER (PARTITION BY method ORDER BY hash(nanos), nanos) - 1 AS place
  FROM sorted
  WHERE NOT displaced AND NOT (biased AND clock)),
places AS (SELECT method, count(*) AS places FROM donors GROUP BY method),
displaced AS (
  SELECT s.stack, s.nanos, s.cpu, s.home,
         (row_number() OVER (PARTITION BY s.home ORDER BY s.nanos) - 1) % p.places AS place
  FROM sorted s
  LEFT JOIN places p ON p.method = s.home
  WHERE s.displaced)
SELECT CASE WHEN biased AND clock THEN 2147483647 WHEN biased AND fast THEN -stack ELSE stack END AS stack, FALSE AS in_native, nanos, cpu
FROM sorted
WHERE NOT displaced
UNION ALL
SELECT coalesce(d.stack, s.stack), FALSE, s.nanos, s.cpu
FROM displaced s
LEFT JOIN donors d ON d.method = s.home AND d.place = s.place;
