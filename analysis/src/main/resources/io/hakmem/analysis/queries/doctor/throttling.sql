-- title: Time slices in which the container was throttled
-- unit: slices, ns
-- events: jdk.ContainerCPUThrottling
SELECT max("cpuElapsedSlices") - min("cpuElapsedSlices"),
       max("cpuThrottledSlices") - min("cpuThrottledSlices"),
       max("cpuThrottledTime") - min("cpuThrottledTime")
FROM jfr."jdk.ContainerCPUThrottling"
HAVING count(*) > 1;
