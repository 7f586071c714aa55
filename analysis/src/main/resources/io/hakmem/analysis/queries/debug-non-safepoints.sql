-- title: Whether samples of inlined code fall on the right line
-- unit: flag
-- events: jdk.BooleanFlag
SELECT bool_and(value) AS enabled
FROM jfr."jdk.BooleanFlag"
WHERE name = 'DebugNonSafepoints'
HAVING count(*) > 0;
