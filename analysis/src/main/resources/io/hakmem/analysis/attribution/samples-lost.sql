-- title: CPU-time samples that the JVM dropped
-- unit: samples
-- events: jdk.CPUTimeSample, jdk.CPUTimeSamplesLost
-- JDK 25 drops the samples of threads that are in the JVM's own code. They have no stack, so they count as the JVM's; but those of a
-- thread that walked its stack for events, as far as these explain them, as instrumentation's: the largest number.
INSERT INTO temp.cpu_samples
WITH constants AS (SELECT CAST(median(cpu) AS BIGINT) AS period FROM temp.cpu_samples),
lost AS (
  SELECT "eventThread"."javaThreadId" AS thread, epoch_ns(l."startTime") AS nanos,
         row_number() OVER (PARTITION BY thread ORDER BY hash(nanos), nanos) AS rank
  FROM jfr."jdk.CPUTimeSamplesLost" l, range(l."lostSamples")
  WHERE l."startTime" BETWEEN (SELECT min("startTime") FROM jfr."jdk.CPUTimeSample")
    AND (SELECT max("startTime") FROM jfr."jdk.CPUTimeSample"))
SELECT CASE WHEN l.rank * c.period <= w.nanos THEN 2147483647 END, FALSE, l.nanos, c.period
FROM lost l, constants c
LEFT JOIN temp.stack_walks w ON w.thread = l.thread;
