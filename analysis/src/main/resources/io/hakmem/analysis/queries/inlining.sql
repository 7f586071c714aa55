-- title: Whether the free seam and the push were inlined, by the last optimising compilation
-- unit: call sites
-- events: jdk.CompilerInlining, jdk.Compilation
-- description: Only each method's last compilation at level 4 counts: earlier ones are replaced, and the other compiler refuses
-- description: what this one inlines.
WITH last_compilation AS (
  SELECT (method)."type" || '.' || (method).name AS root, max("compileId") AS id
  FROM jfr."jdk.Compilation"
  WHERE "compileLevel" = 4 AND succeded
  GROUP BY (method)."type", (method).name, (method).descriptor)
SELECT c.root AS compiled,
       replace((i.caller)."type", '/', '.') || '.' || (i.caller).name AS caller,
       replace((i.callee)."type", '/', '.') || '.' || (i.callee).name AS callee,
       i.succeeded AS inlined, i.message, count(*) AS call_sites
FROM last_compilation c
JOIN jfr."jdk.CompilerInlining" i ON i."compileId" = c.id
WHERE regexp_full_match(replace((i.callee)."type", '/', '.'),
    'io\.hakmem\.(thread\.(FreePath|\w+Push|ThreadCaches|SharedCaches)|Hakmem|Heap|Allocator|ThreadCache)')
  AND regexp_full_match((i.callee).name, 'push|free|freeSlow')
GROUP BY ALL
ORDER BY compiled, caller, callee, inlined, i.message;
