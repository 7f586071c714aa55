-- title: CPU samples of the CPU-time sampler
-- unit: samples
-- events: jdk.CPUTimeSample
-- A biased sample has the stack of the next safepoint, not of where the time went: it is left out.
CREATE TABLE hakmem.cpu_samples AS
SELECT "stackTrace" AS stack, FALSE AS in_native
FROM jfr."jdk.CPUTimeSample"
WHERE failed OR NOT biased;
