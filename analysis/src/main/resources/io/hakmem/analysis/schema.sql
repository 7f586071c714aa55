-- The tables beside the one-table-per-event-type of schema jfr: what events refer to, stored once.

CREATE SCHEMA jfr;
CREATE SCHEMA hakmem;

-- the stored rows that the views of schema jfr show
CREATE SCHEMA rows;

CREATE TABLE hakmem.recordings (file VARCHAR, bytes BIGINT, events BIGINT, damage VARCHAR);

CREATE TABLE hakmem.event_types ("type" VARCHAR, events BIGINT);

CREATE TABLE hakmem.threads (
  id INTEGER,
  value STRUCT(
    "osName" VARCHAR, "osThreadId" BIGINT, "javaName" VARCHAR, "javaThreadId" BIGINT,
    "group" VARCHAR, "virtual" BOOLEAN));

CREATE TABLE hakmem.classes (
  id INTEGER,
  value STRUCT("name" VARCHAR, "classLoader" VARCHAR, "hidden" BOOLEAN));

CREATE TABLE hakmem.methods (
  id INTEGER,
  value STRUCT(
    "type" VARCHAR, "name" VARCHAR, "descriptor" VARCHAR, "hidden" BOOLEAN, "text" VARCHAR));

-- position 0 is the innermost frame; line and bytecodeIndex are NULL where unknown
CREATE TABLE hakmem.stack_frames (
  stack INTEGER, "position" INTEGER, method INTEGER, line INTEGER, "bytecodeIndex" INTEGER,
  "type" VARCHAR);

CREATE TABLE hakmem.stacks (id INTEGER, depth INTEGER, truncated BOOLEAN);

CREATE VIEW hakmem.frames AS
SELECT f.stack, f."position", m.value."type" AS class, m.value.name AS method,
       m.value.descriptor AS descriptor, f.line, f."bytecodeIndex", f."type",
       coalesce(m.value.text, 'unknown') || CASE WHEN f.line IS NULL THEN '' ELSE ':' || f.line END AS text
FROM hakmem.stack_frames f
LEFT JOIN hakmem.methods m ON m.id = f.method;

CREATE MACRO TRUNCATE_STACKTRACE(stack_trace, depth) AS (
  SELECT string_agg(f.text || chr(10), '' ORDER BY f."position")
  FROM hakmem.frames f
  WHERE f.stack = stack_trace AND f."position" < depth);

CREATE MACRO HAS_MATCHING_FRAME(stack_trace, pattern) AS (
  EXISTS (
    SELECT 1
    FROM hakmem.frames f
    WHERE f.stack = stack_trace AND regexp_full_match(f.text, pattern)));

CREATE MACRO CLASS_NAME(class) AS class.name;
