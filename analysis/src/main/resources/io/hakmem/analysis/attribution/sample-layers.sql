-- Each sample with its layer, those that the JVM has put at a wrong place at a better one.

UPDATE temp.cpu_samples SET stack = m.target
FROM temp.misplaced m
WHERE cpu_samples.rowid = m.sample;

-- A thread in native code may just wait there, for a socket for instance: such samples count only
-- where the allocator called the native code, since what it calls there never waits.
-- The largest number is no stack: the sample was lost while a stack was walked for an event.
CREATE TEMP TABLE temp.sample_layers AS
SELECT abs(s.stack) AS stack, CASE WHEN s.stack = 2147483647 THEN 'instrumentation' ELSE coalesce(l.layer, 'JVM') END AS layer, l."position", s.nanos, s.cpu
FROM temp.cpu_samples s
LEFT JOIN temp.stack_layers l ON l.stack = s.stack
WHERE NOT s.in_native OR l.layer NOT IN ('application', 'JVM', 'instrumentation');
