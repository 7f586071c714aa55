-- title: Whether the last C2 compile of each method that frees inlined the push
-- unit: decisions
-- events: jdk.CompilerInlining, jdk.Compilation
-- The slow half's own call of the push, once a batch, need not be inlined; call sites that the compiler took for cold
-- say nothing about the hot path.
WITH last_compiles AS (
  SELECT arg_max(method."type" || '.' || method.name, "compileId") AS root, max("compileId") AS id
  FROM jfr."jdk.Compilation"
  WHERE "compileLevel" = 4 AND succeded
  GROUP BY method."type", method.name, method.descriptor, "isOsr")
SELECT c.root, replace(i.callee."type", '/', '.') || '.' || i.callee.name AS callee,
       bool_and(i.succeeded) AS inlined, min(i.message) FILTER (NOT i.succeeded) AS why
FROM jfr."jdk.CompilerInlining" i
JOIN last_compiles c ON c.id = i."compileId"
WHERE regexp_full_match(replace(i.callee."type", '/', '.'), 'io\.hakmem\.thread\.(FreePath|\w+Push)')
  AND i.callee.name = 'push'
  AND NOT regexp_full_match(replace(i.caller."type", '/', '.'),
    'io\.hakmem\.thread\.(CacheSlow|ThreadCaches|SharedCaches|CacheRegistry|FreePathProbe).*')
  AND NOT (NOT i.succeeded
    AND regexp_matches(i.message, 'never executed|not reached|low call site frequency|too cold|unloaded'))
GROUP BY ALL
ORDER BY inlined, c.root, callee;
