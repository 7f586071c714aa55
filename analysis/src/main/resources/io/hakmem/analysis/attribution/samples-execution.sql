-- title: Samples of threads that ran Java code
-- unit: samples
-- events: jdk.ExecutionSample
CREATE TABLE hakmem.cpu_samples AS
SELECT "stackTrace" AS stack, FALSE AS in_native
FROM jfr."jdk.ExecutionSample";
