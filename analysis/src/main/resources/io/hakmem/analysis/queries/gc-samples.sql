-- title: CPU time of garbage collections in samples of the same weight as those of Java threads
-- unit: samples
-- events: jdk.GCCPUTime
-- description: Makes collections, which no sampler sees, comparable with the layers of Java threads.
SELECT CAST(round((SELECT sum("userTime" + "systemTime") FROM jfr."jdk.GCCPUTime") / avg(cpu)) AS BIGINT) AS samples
FROM temp.sample_layers
WHERE cpu > 0
HAVING count(*) > 0;
