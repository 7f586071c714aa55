-- title: CPU time of the JIT's threads, in all and in the second half of the CPU samples, where warm-up is over
-- unit: ns
-- events: jdk.ThreadCPULoad, jdk.CPUInformation, jdk.CPUTimeSample | jdk.ExecutionSample
-- description: A load is a share of all processors since the thread's last reading. Beside it the CPU time of Java threads by samples.
WITH span AS (SELECT min(nanos) AS first, max(nanos) AS last FROM temp.sample_layers),
processors AS (SELECT max("hwThreads") AS n FROM jfr."jdk.CPUInformation"),
readings AS (
  SELECT epoch_ns("startTime") AS nanos, "user" + "system" AS load,
         epoch_ns("startTime") - coalesce(
           lag(epoch_ns("startTime")) OVER (PARTITION BY "eventThread"."osThreadId" ORDER BY "startTime"),
           epoch_ns("startTime") - 1000000000) AS elapsed
  FROM jfr."jdk.ThreadCPULoad"
  WHERE regexp_matches(coalesce("eventThread"."osName", ''), '^(C1|C2|JVMCI|Graal)')),
java AS (
  SELECT coalesce(sum(s.cpu) FILTER (s.nanos > (first + last) // 2), 0) AS late, coalesce(sum(s.cpu), 0) AS cpu
  FROM temp.sample_layers s, span)
SELECT CAST(coalesce(sum(load * elapsed * n), 0) AS BIGINT) AS jit,
       CAST(coalesce(sum(load * elapsed * n) FILTER (readings.nanos > (first + last) // 2), 0) AS BIGINT) AS "late jit",
       CAST(any_value(java.cpu) AS BIGINT) AS java, CAST(any_value(java.late) AS BIGINT) AS "late java"
FROM readings, span, processors, java;
