-- title: Whether samples of inlined code fall on the right line
-- unit: flag
-- events: jdk.BooleanFlag
-- description: false: samples of inlined code fall on the loop around it, and the hot lines are not to be believed.
SELECT bool_and(value) AS enabled
FROM jfr."jdk.BooleanFlag"
WHERE name = 'DebugNonSafepoints'
HAVING count(*) > 0;
