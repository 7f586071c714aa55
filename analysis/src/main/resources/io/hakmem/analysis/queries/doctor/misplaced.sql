-- title: Samples of a place that cannot have taken that long, and the layer that they count for instead
-- unit: samples
-- events:
-- The method is the one that all of it was compiled into; attribution/misplaced.sql says how they are told.
SELECT m.layer AS "from", coalesce(l.layer, 'JVM') AS "to", count(*) AS samples,
       arg_max(h.value."type" || '.' || h.value.name, m.method) AS method
FROM temp.misplaced m
JOIN hakmem.methods h ON h.id = m.method
LEFT JOIN temp.stack_layers l ON l.stack = m.target
GROUP BY ALL
ORDER BY samples DESC, "from", "to";
