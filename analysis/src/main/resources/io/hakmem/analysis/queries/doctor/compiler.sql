-- title: Time of the compilers' threads
-- unit: ns
-- events: jdk.Compilation
SELECT CAST(coalesce(sum(duration), 0) AS BIGINT), count(*)
FROM jfr."jdk.Compilation";
