-- title: CPU-time samples that the JVM dropped
-- unit: samples
-- events: jdk.CPUTimeSample, jdk.CPUTimeSamplesLost
-- JDK 25 drops the samples of threads that are in the JVM's own code. They have no stack, so they count as the JVM's.
INSERT INTO temp.cpu_samples
SELECT NULL, FALSE, epoch_ns(l."startTime"), (SELECT CAST(median(cpu) AS BIGINT) FROM temp.cpu_samples)
FROM jfr."jdk.CPUTimeSamplesLost" l, range(l."lostSamples")
WHERE l."startTime" BETWEEN (SELECT min("startTime") FROM jfr."jdk.CPUTimeSample")
  AND (SELECT max("startTime") FROM jfr."jdk.CPUTimeSample");
