-- title: Push paths that were live, repeats left out
-- unit: events
-- events: io.hakmem.FreePathInstalled
-- description: nanos is the time in nanoseconds since 1970. More than one row: the figures of the recording mix the paths.
SELECT epoch_ns("startTime") AS nanos, "freePath", "previous", "by", proven
FROM jfr."io.hakmem.FreePathInstalled"
QUALIFY ("freePath", "by", proven)
  IS DISTINCT FROM lag(("freePath", "by", proven)) OVER (ORDER BY "startTime")
ORDER BY "startTime";
