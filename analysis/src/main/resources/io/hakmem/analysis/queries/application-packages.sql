-- title: Packages of the samples that count as application
-- unit: samples
-- events: jdk.CPUTimeSample | jdk.ExecutionSample
-- description: Which packages the samples outside of the allocator fell into: the ten with the most.
SELECT regexp_replace(f.class, '\.[^.]*$', '') AS name,
       s.layer,
       count(*) AS samples,
       count(*) / (SELECT count(*) FROM temp.sample_layers) AS share
FROM temp.sample_layers s
JOIN hakmem.frames f ON f.stack = s.stack AND f."position" = s."position"
WHERE s.layer = 'application'
GROUP BY ALL
ORDER BY samples DESC, name
LIMIT 10;
