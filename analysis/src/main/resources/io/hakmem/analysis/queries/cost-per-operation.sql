-- title: CPU time of each layer, and operations by the exact counters, between two readings of the counters
-- unit: ns, samples, operations
-- events: io.hakmem.FastPathStatistics
-- description: Allocates and frees both count as operations.
WITH span AS (
  SELECT epoch_ns(min("startTime")) AS first, epoch_ns(max("startTime")) AS last
  FROM jfr."io.hakmem.FastPathStatistics"),
counted AS (
  SELECT sum(operations) AS operations
  FROM (SELECT max("allocateHits" + "freeHits" + refills + rejections)
             - min("allocateHits" + "freeHits" + refills + rejections) AS operations
        FROM jfr."io.hakmem.FastPathStatistics" GROUP BY "sizeClass"))
SELECT s.layer, CAST(coalesce(sum(s.cpu), 0) AS BIGINT) AS cpu, count(*) AS samples,
       CAST(any_value(counted.operations) AS BIGINT) AS operations
FROM temp.sample_layers s, span, counted
WHERE s.nanos BETWEEN span.first AND span.last AND counted.operations > 0
GROUP BY s.layer
ORDER BY cpu DESC, s.layer;
