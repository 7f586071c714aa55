-- Each dictionary as one list, element n the value of id n: what the views of schema jfr look into.

CREATE TABLE hakmem.lookup AS
SELECT (SELECT list(value ORDER BY id) FROM hakmem.threads) AS threads,
       (SELECT list(value ORDER BY id) FROM hakmem.classes) AS classes,
       (SELECT list(value ORDER BY id) FROM hakmem.methods) AS methods;
