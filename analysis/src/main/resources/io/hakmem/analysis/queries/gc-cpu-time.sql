-- title: CPU time of garbage collections
-- unit: ns
-- events: jdk.GCCPUTime
-- description: User and system time of all collections together.
SELECT CAST(coalesce(sum("userTime" + "systemTime"), 0) AS BIGINT) AS nanos
FROM jfr."jdk.GCCPUTime";
