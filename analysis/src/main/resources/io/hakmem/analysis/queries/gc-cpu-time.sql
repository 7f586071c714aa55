-- title: CPU time of garbage collections
-- unit: ns
-- events: jdk.GCCPUTime
SELECT CAST(coalesce(sum("userTime" + "systemTime"), 0) AS BIGINT)
FROM jfr."jdk.GCCPUTime";
