-- title: Blocks that thread caches fetched and spilled, by thread and size class
-- unit: blocks
-- events: io.hakmem.SlowPathFallback
-- description: churn is the percentage of moved blocks that went both ways: high where a thread spills what it fetches again soon.
SELECT ("eventThread")."javaName" AS thread, "sizeClass",
       count(*) FILTER (operation = 'allocate') AS refills,
       CAST(coalesce(sum("blocksMoved") FILTER (operation = 'allocate'), 0) AS BIGINT) AS fetched,
       count(*) FILTER (operation = 'free') AS spills,
       CAST(coalesce(sum("blocksMoved") FILTER (operation = 'free'), 0) AS BIGINT) AS spilled,
       round(200.0 * least(fetched, spilled) / nullif(fetched + spilled, 0), 1) AS churn,
       CAST(sum(duration) AS BIGINT) AS nanos
FROM jfr."io.hakmem.SlowPathFallback"
WHERE "sizeClass" >= 0
GROUP BY ALL
ORDER BY fetched + spilled DESC, thread, "sizeClass";
