-- title: Options of the allocator
-- unit: property=value
-- events: io.hakmem.AllocatorConfiguration
-- description: As the newest chunk has them, in one text.
SELECT options
FROM jfr."io.hakmem.AllocatorConfiguration"
ORDER BY "startTime" DESC
LIMIT 1;
