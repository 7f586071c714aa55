-- title: What else took the machine's time while the program ran
-- unit: percent and ns
-- events: jdk.CPULoad, jdk.GarbageCollection, jdk.ContainerCPUThrottling
-- description: Load of other processes in percent of all cores, pauses of the garbage collector, throttling by the container.
-- description: Figures of two recordings compare only where these are small and alike.
WITH measures AS (
  SELECT 1 AS place, 'load of other processes, mean' AS measure, 'percent' AS unit,
         round(100 * avg(greatest(0, "machineTotal" - "jvmUser" - "jvmSystem")), 1) AS "value"
  FROM jfr."jdk.CPULoad"
  UNION ALL
  SELECT 2, 'load of other processes, highest', 'percent',
         round(100 * max(greatest(0, "machineTotal" - "jvmUser" - "jvmSystem")), 1)
  FROM jfr."jdk.CPULoad"
  UNION ALL
  SELECT 3, 'garbage collections', 'events', count(*) FROM jfr."jdk.GarbageCollection"
  UNION ALL
  SELECT 4, 'pauses of the garbage collector, sum', 'ns', coalesce(sum("sumOfPauses"), 0)
  FROM jfr."jdk.GarbageCollection"
  UNION ALL
  SELECT 5, 'pauses of the garbage collector, longest', 'ns', coalesce(max("longestPause"), 0)
  FROM jfr."jdk.GarbageCollection"
  UNION ALL
  SELECT 6, 'throttled by the container', 'ns',
         coalesce(max("cpuThrottledTime") - min("cpuThrottledTime"), 0)
  FROM jfr."jdk.ContainerCPUThrottling")
SELECT measure, unit, "value"
FROM measures
ORDER BY place;
