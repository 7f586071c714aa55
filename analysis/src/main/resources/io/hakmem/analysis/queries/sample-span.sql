-- title: Time that the CPU samples span, and the CPU time that they stand for
-- unit: ns
-- events: jdk.CPUTimeSample | jdk.ExecutionSample
-- description: A short span means that start-up and warm-up fill the recording.
SELECT max(nanos) - min(nanos) AS span, CAST(coalesce(sum(cpu), 0) AS BIGINT) AS cpu
FROM temp.sample_layers
HAVING count(*) > 0;
