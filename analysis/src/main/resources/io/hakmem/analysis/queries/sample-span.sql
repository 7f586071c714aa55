-- title: Time that the CPU samples span, and the CPU time that they stand for
-- unit: ns
-- events:
SELECT max(nanos) - min(nanos), CAST(coalesce(sum(cpu), 0) AS BIGINT)
FROM temp.sample_layers
HAVING count(*) > 0;
