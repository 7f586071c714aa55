-- title: What the recording lacks
-- unit: bytes and samples
-- events: jdk.DataLoss, jdk.CPUTimeSamplesLost
-- description: Anything but 0: counts of events in this recording are too low.
SELECT 'data that JFR had no room for' AS what, 'bytes' AS unit, count(*) AS events,
       CAST(coalesce(sum(amount), 0) AS BIGINT) AS lost
FROM jfr."jdk.DataLoss"
UNION ALL
SELECT 'CPU-time samples that the JVM had no room for', 'samples', count(*),
       CAST(coalesce(sum("lostSamples"), 0) AS BIGINT)
FROM jfr."jdk.CPUTimeSamplesLost"
ORDER BY what;
