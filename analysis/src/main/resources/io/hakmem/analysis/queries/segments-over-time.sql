-- title: Memory taken from and given back to the operating system, in order
-- unit: bytes
-- events: io.hakmem.SegmentReserve, io.hakmem.SegmentRelease
-- description: held starts at 0 with the recording: memory that was taken before is not in it.
WITH changes AS (
  SELECT "startTime", purpose, bytes AS change, address FROM jfr."io.hakmem.SegmentReserve"
  UNION ALL
  SELECT "startTime", purpose, -bytes, address FROM jfr."io.hakmem.SegmentRelease")
SELECT "startTime", purpose, change,
       CAST(sum(change) OVER (PARTITION BY purpose ORDER BY "startTime", change DESC, address
         ROWS UNBOUNDED PRECEDING) AS BIGINT) AS held_for_purpose,
       CAST(sum(change) OVER (ORDER BY "startTime", change DESC, purpose, address
         ROWS UNBOUNDED PRECEDING) AS BIGINT) AS held
FROM changes
ORDER BY "startTime", change DESC, purpose, address;
