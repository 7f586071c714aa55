-- title: CPU samples of the CPU-time sampler
-- unit: samples
-- events: jdk.CPUTimeSample
-- A biased sample has the stack of the next safepoint, not of where the time went: it is left out.
-- The period is the CPU time that passed since the thread's last sample, as the system's timer saw it.
CREATE TEMP TABLE temp.cpu_samples AS
SELECT "stackTrace" AS stack, FALSE AS in_native, epoch_ns("startTime") AS nanos, "samplingPeriod" AS cpu
FROM jfr."jdk.CPUTimeSample"
WHERE failed OR NOT biased;
