-- title: CPU-time samples whose stack could not be walked
-- unit: samples
-- events: jdk.CPUTimeSample
SELECT count(*) FILTER (failed) AS failed
FROM jfr."jdk.CPUTimeSample";
