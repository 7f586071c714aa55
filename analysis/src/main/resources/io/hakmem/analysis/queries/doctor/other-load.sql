-- title: CPU load of the machine beside this JVM
-- unit: share of all processors
-- events: jdk.CPULoad
-- The first reading has nothing to compare with and is zero.
SELECT avg(greatest("machineTotal" - "jvmUser" - "jvmSystem", 0)),
       max(greatest("machineTotal" - "jvmUser" - "jvmSystem", 0)),
       avg("jvmUser" + "jvmSystem"), count(*)
FROM jfr."jdk.CPULoad"
WHERE "machineTotal" > 0
HAVING count(*) > 0;
