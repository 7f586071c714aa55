-- title: Columns of every table and view
-- unit: names
-- events:
SELECT c.table_name, c.column_name
FROM duckdb_columns() c
WHERE NOT c.internal AND c.schema_name IN ('jfr', 'hakmem')
ORDER BY c.schema_name = 'hakmem', c.table_name, c.column_index;
