-- title: CPU time of Java threads in the kernel and beside it, and what samples show of the kernel
-- unit: ns
-- events: jdk.ThreadCPULoad, jdk.CPUInformation, jdk.CPUTimeSample
-- description: What calls the kernel shows as the layer OS, as native code or as the JVM's own. What the kernel took beyond those samples
-- description: are page faults: the first touch of fresh memory counts for the code that touches it.
WITH processors AS (SELECT max("hwThreads") AS n FROM jfr."jdk.CPUInformation"),
readings AS (
  SELECT "user", "system",
         epoch_ns("startTime") - coalesce(
           lag(epoch_ns("startTime")) OVER (PARTITION BY "eventThread"."osThreadId" ORDER BY "startTime"),
           epoch_ns("startTime") - 1000000000) AS elapsed
  FROM jfr."jdk.ThreadCPULoad"
  WHERE "eventThread"."javaThreadId" > 0
    AND NOT regexp_matches(coalesce("eventThread"."osName", ''), '^(C1|C2|JVMCI|Graal)')),
loads AS (
  SELECT sum("user" * elapsed * n) AS in_user, sum("system" * elapsed * n) AS in_kernel
  FROM readings, processors)
SELECT CAST(coalesce(any_value(in_kernel), 0) AS BIGINT) AS kernel,
       CAST(coalesce(any_value(in_user), 0) AS BIGINT) AS "user",
       CAST(coalesce(sum(s.cpu) FILTER (s.layer = 'OS'), 0) AS BIGINT) AS "layer OS",
       CAST(coalesce(sum(s.cpu) FILTER (s.layer <> 'OS' AND (s.layer IN ('JVM', 'instrumentation') OR f."type" = 'Native')), 0) AS BIGINT)
         AS "native code",
       CAST(coalesce(sum(s.cpu), 0) AS BIGINT) AS sampled
FROM loads, temp.sample_layers s
LEFT JOIN hakmem.stack_frames f ON f.stack = s.stack AND f."position" = 0;
