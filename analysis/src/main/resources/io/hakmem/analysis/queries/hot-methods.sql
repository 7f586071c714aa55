-- title: Methods that decided the layer, by CPU samples
-- unit: samples
-- events: jdk.CPUTimeSample | jdk.ExecutionSample
-- description: The innermost frame of each sample that decides its layer: the twenty methods with the most samples.
SELECT f.class || '.' || f.method AS name,
       s.layer,
       count(*) AS samples,
       count(*) / (SELECT count(*) FROM temp.sample_layers) AS share
FROM temp.sample_layers s
JOIN hakmem.frames f ON f.stack = s.stack AND f."position" = s."position"
GROUP BY ALL
ORDER BY samples DESC, name
LIMIT 20;
