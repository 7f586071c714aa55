-- title: Push paths that were live, repeats left out
-- unit: events
-- events: io.hakmem.FreePathInstalled
SELECT epoch_ns("startTime") AS nanos, "freePath", "previous", "by", proven
FROM jfr."io.hakmem.FreePathInstalled"
QUALIFY ("freePath", "by", proven)
  IS DISTINCT FROM lag(("freePath", "by", proven)) OVER (ORDER BY "startTime")
ORDER BY "startTime";
