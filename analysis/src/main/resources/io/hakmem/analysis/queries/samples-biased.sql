-- title: CPU-time samples that have the stack of the next safepoint instead of their own
-- unit: samples
-- events: jdk.CPUTimeSample
-- description: These are left out of the layers.
SELECT count(*) FILTER (biased AND NOT failed) AS biased
FROM jfr."jdk.CPUTimeSample";
