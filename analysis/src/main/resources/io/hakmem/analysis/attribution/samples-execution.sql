-- title: Samples of threads that ran Java code
-- unit: samples
-- events: jdk.ExecutionSample
CREATE TEMP TABLE temp.cpu_samples AS
SELECT "stackTrace" AS stack, FALSE AS in_native, epoch_ns("startTime") AS nanos, CAST(NULL AS BIGINT) AS cpu
FROM jfr."jdk.ExecutionSample";
