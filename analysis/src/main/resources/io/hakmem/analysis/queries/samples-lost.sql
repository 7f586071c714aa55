-- title: CPU-time samples that the JVM had no room for
-- unit: samples
-- events: jdk.CPUTimeSamplesLost
-- description: Many of them: sample less often.
SELECT CAST(coalesce(sum("lostSamples"), 0) AS BIGINT) AS lost
FROM jfr."jdk.CPUTimeSamplesLost";
