-- title: CPU samples by layer
-- unit: samples
-- events:
SELECT layer, count(*) AS samples
FROM hakmem.sample_layers
GROUP BY layer
ORDER BY samples DESC, layer;
