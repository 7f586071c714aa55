-- title: The processor of the recorded machine
-- unit: hardware threads
-- events: jdk.CPUInformation
SELECT "hwThreads"
FROM jfr."jdk.CPUInformation"
LIMIT 1;
