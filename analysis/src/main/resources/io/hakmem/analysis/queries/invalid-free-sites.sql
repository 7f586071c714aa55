-- title: Misuse that the push path caught, by kind and by the place that freed
-- unit: events
-- events: io.hakmem.InvalidFree
-- description: The site is the innermost frame that is neither the allocator's nor the JDK's.
WITH sites AS (
  SELECT f.stack, arg_min(f.text, f."position") AS site
  FROM hakmem.frames f
  WHERE NOT regexp_matches(f.class, '^io\.hakmem\.([A-Z]|(agent|central|config|event|memory|slab|thread)\.)')
    AND NOT regexp_matches(f.class, '^(java|javax|jdk|sun|com\.sun)\.')
  GROUP BY f.stack)
SELECT e.kind, coalesce(s.site, '') AS site, count(*) AS frees
FROM jfr."io.hakmem.InvalidFree" e
LEFT JOIN sites s ON s.stack = e."stackTrace"
GROUP BY e.kind, s.site
ORDER BY frees DESC, e.kind, site;
