-- title: CPU-time samples whose stack could not be walked
-- unit: samples
-- events: jdk.CPUTimeSample
-- description: These count as the JVM in the layers.
SELECT count(*) FILTER (failed) AS failed
FROM jfr."jdk.CPUTimeSample";
