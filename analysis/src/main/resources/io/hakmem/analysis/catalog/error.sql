-- title: The parts of DuckDB's error
-- unit: text
-- events:
SELECT error ->> '$.exception_type' AS kind,
       error ->> '$.exception_message' AS message,
       error ->> '$.name' AS name,
       error ->> '$.location' AS location
FROM (SELECT CAST(? AS JSON) AS error);
