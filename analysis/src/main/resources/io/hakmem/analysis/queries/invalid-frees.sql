-- title: Misuse that the push path caught, by kind and culprit
-- unit: events
-- events: io.hakmem.InvalidFree
-- description: example is one of the addresses. Where the path kept stacks, allocatedAt and freedAt name who had the block before.
SELECT kind, "freePath", "sizeClass", "allocatedAt", "freedAt",
       count(*) AS frees,
       min("startTime") AS first_seen,
       printf('0x%x', arg_min(address, ("startTime", address))) AS example,
       TRUNCATE_STACKTRACE(arg_min("stackTrace", ("startTime", address)), 3) AS freed_by
FROM jfr."io.hakmem.InvalidFree"
GROUP BY kind, "freePath", "sizeClass", "allocatedAt", "freedAt"
ORDER BY frees DESC, kind, "freePath", "sizeClass", "allocatedAt", "freedAt";
