-- The innermost frame that is neither a helper nor the JDK's decides the layer of a sample.
-- A stack of nothing but JDK frames, and a sample without a stack, count as the JVM's. A stack with a minus sign counts from its
-- first frame of the application on, or of what copies for it: samples-cpu-time and misplaced say why.

CREATE TEMP TABLE temp.method_layers AS
SELECT m.id AS method, coalesce(arg_min(r.layer, r.priority), 'application') AS layer
FROM hakmem.methods m
LEFT JOIN temp.layer_rules r
  ON regexp_full_match(m.value."type", r.class) AND regexp_full_match(m.value.name, r.method)
GROUP BY m.id;

CREATE TEMP TABLE temp.stack_layers AS
SELECT s.stack,
       coalesce(
         arg_min(l.layer, f."position") FILTER (decides),
         CASE WHEN bool_or(l.layer = 'caller') THEN 'application' ELSE 'JVM' END) AS layer,
       coalesce(min(f."position") FILTER (decides), 0) AS "position"
FROM (SELECT DISTINCT stack FROM temp.cpu_samples UNION SELECT DISTINCT -stack FROM temp.cpu_samples) s
JOIN hakmem.stack_frames f ON f.stack = abs(s.stack)
JOIN (
  SELECT method, layer, layer NOT IN ('caller', 'platform') AS any_decides, layer IN ('application', 'copying') AS last_decides
  FROM temp.method_layers) l ON l.method = f.method,
LATERAL (SELECT CASE WHEN s.stack < 0 THEN l.last_decides ELSE l.any_decides END AS decides) d
GROUP BY s.stack;
