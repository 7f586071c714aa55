-- title: Refills and spills by thread: one that only spills frees what others allocate
-- unit: events, blocks
-- events: io.hakmem.SlowPathFallback
-- description: A thread with spills and hardly any refills frees what other threads allocate.
SELECT coalesce("eventThread"."javaName", "eventThread"."osName", '?') AS thread,
       count(*) FILTER (operation = 'allocate' AND reason <> 'notTiny') AS refills,
       count(*) FILTER (operation = 'free' AND reason = 'cacheFull') AS spills,
       CAST(coalesce(sum("blocksMoved") FILTER (operation = 'free' AND reason = 'cacheFull'), 0) AS BIGINT) AS spilled,
       CAST(coalesce(sum(duration) FILTER (reason <> 'notTiny'), 0) AS BIGINT) AS nanos
FROM jfr."io.hakmem.SlowPathFallback"
GROUP BY thread
HAVING refills + spills > 0
ORDER BY spills DESC, refills DESC, thread;
