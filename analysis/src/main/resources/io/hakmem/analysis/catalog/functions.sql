-- title: Functions that SQL may call
-- unit: names
-- events:
SELECT DISTINCT function_name
FROM duckdb_functions()
WHERE function_type <> 'pragma' AND regexp_full_match(function_name, '[A-Za-z][A-Za-z0-9_]*')
ORDER BY function_name;
