-- title: Samples of the leading layer by tenths of the recording
-- unit: samples
-- events:
WITH span AS (SELECT min(nanos) AS first, max(nanos) AS last FROM temp.sample_layers),
leader AS (SELECT layer FROM temp.sample_layers GROUP BY layer ORDER BY count(*) DESC, layer LIMIT 1)
SELECT CAST(least(9, (nanos - first) * 10 // greatest(last - first, 1)) AS INTEGER) AS slice,
       count(*) FILTER (s.layer = leader.layer) AS leading, count(*) AS samples
FROM temp.sample_layers s, span, leader
GROUP BY slice
ORDER BY slice;
