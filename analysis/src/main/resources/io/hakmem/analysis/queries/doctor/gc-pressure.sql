-- title: Pauses of garbage collections
-- unit: ns
-- events: jdk.GarbageCollection
SELECT count(*), CAST(coalesce(sum("sumOfPauses"), 0) AS BIGINT), coalesce(max("longestPause"), 0)
FROM jfr."jdk.GarbageCollection";
