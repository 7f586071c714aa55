-- title: What the parser makes of a user's SQL, without running it
-- unit: syntax
-- events:
SELECT tree ->> '$.error' AS error,
       tree ->> '$.error_type' AS "type",
       tree ->> '$.error_message' AS message,
       tree ->> '$.location' AS location,
       regexp_extract_all(CAST(tree AS VARCHAR), '"type":"([A-Z_]+_NODE)"', 1) AS nodes,
       CAST(tree -> '$.statements[0].node.modifiers[*].type' AS VARCHAR) AS modifiers
FROM (SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS JSON) AS tree);
