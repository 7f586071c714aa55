-- title: Places where Flight Recorder lost data
-- unit: bytes
-- events: jdk.DataLoss
SELECT count(*), CAST(coalesce(sum(amount), 0) AS BIGINT)
FROM jfr."jdk.DataLoss";
