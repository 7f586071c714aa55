-- title: CPU samples by layer
-- unit: samples and percent
-- events: jdk.CPUTimeSample | jdk.ExecutionSample
-- description: Each sample belongs to the layer of its innermost frame that decides; the README of the analysis lists the layers.
-- description: low and high are the 95 % interval of the percentage (Wilson).
SELECT layer, count(*) AS samples,
       sum(samples) OVER () AS n,
       round(100.0 * samples / n, 2) AS percent,
       round(100.0 * (samples + 1.9208 - 1.96 * sqrt(samples * (n - samples) / n + 0.9604)) / (n + 3.8416), 2)
         AS low,
       round(100.0 * (samples + 1.9208 + 1.96 * sqrt(samples * (n - samples) / n + 0.9604)) / (n + 3.8416), 2)
         AS high
FROM temp.sample_layers
GROUP BY layer
ORDER BY samples DESC, layer;
