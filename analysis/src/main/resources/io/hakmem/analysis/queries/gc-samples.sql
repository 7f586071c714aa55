-- title: CPU time of garbage collections in samples of the same weight as those of Java threads
-- unit: samples
-- events: jdk.GCCPUTime
SELECT CAST(round((SELECT sum("userTime" + "systemTime") FROM jfr."jdk.GCCPUTime") / avg(cpu)) AS BIGINT)
FROM temp.sample_layers
WHERE cpu > 0
HAVING count(*) > 0;
