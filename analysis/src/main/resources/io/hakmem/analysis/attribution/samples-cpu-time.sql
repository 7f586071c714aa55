-- title: CPU samples of the CPU-time sampler
-- unit: samples
-- events: jdk.CPUTimeSample
CREATE TABLE hakmem.cpu_samples AS
SELECT "stackTrace" AS stack, FALSE AS in_native
FROM jfr."jdk.CPUTimeSample";
