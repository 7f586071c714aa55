-- title: CPU time of Java threads in user mode and in the kernel, and what samples show of the kernel
-- unit: ns
-- events: jdk.ThreadCPULoad, jdk.CPUInformation, jdk.CPUTimeSample
-- description: Code that calls the kernel shows as a native frame. What the kernel took beyond those samples are page faults: the first
-- description: touch of fresh memory counts for the code that touches it.
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
       CAST(coalesce(sum(s."samplingPeriod") FILTER (f."type" = 'Native'), 0) AS BIGINT) AS "native",
       CAST(coalesce(sum(s."samplingPeriod"), 0) AS BIGINT) AS sampled
FROM loads, jfr."jdk.CPUTimeSample" s
LEFT JOIN hakmem.stack_frames f ON f.stack = s."stackTrace" AND f."position" = 0;
