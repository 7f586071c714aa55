package io.hakmem.analysis.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.render.ResultFormat;
import io.hakmem.analysis.tables.EventTables;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserSqlTest {

  @TempDir static Path folder;

  private static @Nullable EventTables loaded;
  private static @Nullable UserSql sql;

  @BeforeAll
  static void load() throws Exception {
    Path file = Recorded.recordBare(folder.resolve("some.jfr"), Recorded::emitAll);
    loaded = EventTables.load(List.of(file));
    sql = UserSql.lock(loaded.database().connection());
  }

  @AfterAll
  static void close() {
    Objects.requireNonNull(loaded).close();
  }

  private static UserSql sql() {
    return Objects.requireNonNull(sql);
  }

  private static String run(String statement) throws QueryException {
    return run(sql(), statement);
  }

  private static String run(UserSql on, String statement) throws QueryException {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    on.run(statement, ResultFormat.csv.writer(out, ResultFormat.UNLIMITED));
    out.flush();
    return text.toString();
  }

  private static QueryException fails(String statement) {
    return assertThrows(QueryException.class, () -> run(statement));
  }

  private static long files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.count();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "COPY (SELECT 1) TO '%s/out.csv'",
        "COPY (SELECT 1) TO '%s/out.csv' (USE_TMP_FILE false)",
        "WITH x AS (COPY (SELECT 1) TO '%s/out.csv') FROM x",
        "EXPLAIN ANALYZE COPY (SELECT 1) TO '%s/out.csv'",
        "EXPORT DATABASE '%s/out'",
        "ATTACH '%s/out.duckdb'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "LOAD '%s/evil.duckdb_extension'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET temp_directory = '%s'",
        "RESET enable_external_access",
        "PRAGMA enable_profiling",
        "PRAGMA profiling_output = '%s/out.json'",
        "PRAGMA database_list",
        "CALL pragma_version()",
        "CREATE TABLE t (i INTEGER)",
        "CREATE SECRET s (TYPE s3)",
        "DROP TABLE jfr.\"io.hakmem.FastPathHit\"",
        "DELETE FROM jfr.\"io.hakmem.FastPathHit\"",
        "WITH x AS (DELETE FROM jfr.\"io.hakmem.FastPathHit\" RETURNING 1) FROM x",
        "SELECT 1; DROP TABLE jfr.\"io.hakmem.FastPathHit\"",
        "UPDATE jfr.\"io.hakmem.FastPathHit\" SET weight = 0",
        "INSERT INTO hakmem.recordings VALUES ('x', 1, 1, '')",
        "COPY jfr.\"io.hakmem.FastPathHit\" FROM '%s/in.csv'",
        "COPY FROM DATABASE memory TO other",
        "IMPORT DATABASE '%s'",
        "ATTACH ':memory:' AS m",
        "DETACH memory",
        "SET VARIABLE a = 1",
        "SET GLOBAL home_directory = '%s'",
        "SET allowed_paths = ['/']",
        "RESET lock_configuration",
        "PREPARE p AS SELECT 1",
        "EXECUTE p",
        "CREATE TEMP TABLE t AS SELECT 1",
        "CREATE VIEW v AS SELECT 1",
        "CREATE MACRO m() AS 1",
        "ALTER TABLE hakmem.recordings RENAME TO r",
        "COMMENT ON TABLE hakmem.recordings IS 'x'",
        "TRUNCATE hakmem.recordings",
        "MERGE INTO hakmem.recordings USING (SELECT 1 AS a) ON false WHEN NOT MATCHED THEN INSERT"
            + " VALUES ('x', 1, 1, '')",
        "EXPLAIN ANALYZE INSERT INTO hakmem.recordings VALUES ('x', 1, 1, '')",
        "CALL enable_logging(storage := 'file', storage_path := '%s/log')",
        "CALL force_checkpoint()",
        "FORCE CHECKPOINT",
        "UPDATE EXTENSIONS",
        "ANALYZE",
        "COMMIT",
        "BEGIN",
        "CHECKPOINT",
        "VACUUM",
        "USE memory"
      })
  void statementsThatDoMoreThanReadAreRefused(String statement) throws Exception {
    long before = files();
    QueryException refused = fails(statement.replace("%s", folder.toString()));
    assertTrue(
        String.valueOf(refused.getMessage()).startsWith("only statements that read run here"),
        refused.getMessage());
    assertEquals(before, files());
    unchanged();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FROM read_csv('%s')",
        "FROM read_text('%s')",
        "FROM read_blob('%s')",
        "FROM read_json('%s')",
        "FROM read_parquet('%s')",
        "FROM '%s'",
        "FROM glob('%s')",
        "FROM sniff_csv('%s')",
        "FROM read_duckdb('%s')",
        "FROM read_csv(['%s'])",
        "FROM read_ndjson('%s')",
        "FROM read_single_csv_file('%s')",
        "FROM parquet_metadata('%s')",
        "FROM parquet_kv_metadata('%s')",
        "FROM \"%s\"",
        "DESCRIBE '%s'",
        "SUMMARIZE '%s'",
        "DESCRIBE FROM read_csv('%s')",
        "SELECT (SELECT any_value(content) FROM read_text('%s'))",
        "WITH x AS MATERIALIZED (FROM read_text('%s')) FROM x",
        "FROM query('FROM read_text(''%s'')')",
        "FROM query_table('%s')",
        "FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''%s'')'))",
        "FROM read_text('/etc/passwd')",
        "FROM glob('/etc/*')",
        "FROM 'https://127.0.0.1:9/x.csv'",
        "FROM read_csv('https://127.0.0.1:9/x.csv')",
        "FROM read_parquet('s3://bucket/x')",
        "SELECT getenv('HOME')",
        "FROM duckdb_secrets()",
        // Functions that would change settings, write logs or take addresses.
        "FROM enable_logging(storage := 'file', storage_path := '%s.log')",
        "EXPLAIN ANALYZE FROM enable_logging(storage := 'file', storage_path := '%s.log')",
        "FROM enable_profiling(format := 'json', save_location := '%s.json')",
        "FROM disable_logging()",
        "FROM force_checkpoint()",
        "FROM create_external_resource('%s')",
        "FROM query('SET threads = 1')",
        "FROM arrow_scan(1, 2, 3)",
        "FROM seq_scan(1)",
        "FROM query('COPY (SELECT 1) TO ''%s.out''')",
        "FROM query('DROP TABLE jfr.\"io.hakmem.FastPathHit\"')"
      })
  void filesSettingsAndTheNetworkAreOutOfReach(String statement) throws Exception {
    Path secret = Files.writeString(folder.resolve("secret.csv"), "secret\n1\n");
    long before = files();
    fails(statement.replace("%s", secret.toString()));
    assertEquals(before, files());
    unchanged();
  }

  private static void unchanged() throws QueryException {
    assertEquals(
        "n,w\n%d,%d\n".formatted(Recorded.HITS, Recorded.HITS * Recorded.WEIGHT),
        run("SELECT count(*) AS n, sum(weight) AS w FROM \"io.hakmem.FastPathHit\""));
  }

  /** What DuckDB's own locks leave open: COPY onto the store's files. */
  @Test
  void theStoresOwnFilesAreSafe() throws Exception {
    Path file = folder.resolve("store.duckdb");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file)) {
      UserSql locked = UserSql.lock(connection);
      for (String target : List.of(file.toString(), file + ".wal", file + ".tmp/x")) {
        String copy = "COPY (SELECT 1) TO '" + target + "' (USE_TMP_FILE false)";
        assertThrows(QueryException.class, () -> run(locked, copy));
        assertThrows(QueryException.class, () -> run(locked, "WITH x AS (" + copy + ") FROM x"));
      }
      assertEquals("1\n1\n", run(locked, "SELECT 1"));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 1 AS a",
        "FROM (VALUES (1)) t(a)",
        "VALUES (1)",
        "WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 3) FROM r",
        "SELECT 1 UNION SELECT 2 ORDER BY 1",
        "DESCRIBE \"io.hakmem.FastPathHit\"",
        "SUMMARIZE \"io.hakmem.FastPathHit\"",
        "SHOW TABLES",
        "SHOW ALL TABLES",
        "EXPLAIN SELECT 1",
        "-- why\n explain analyze SELECT 1",
        "PIVOT \"io.hakmem.FastPathHit\" ON operation IN ('allocate', 'free') USING count(*)"
      })
  void statementsThatReadRun(String statement) throws QueryException {
    assertFalse(run(statement).isEmpty());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT * FROM \"io.hakmem.FastPahtHit\" | table \"io.hakmem.FastPahtHit\" does not exist;"
            + " did you mean \"io.hakmem.FastPathHit\"? | \"io.hakmem.FastPahtHit\"",
        "SELECT * FROM FastPathHit | table \"FastPathHit\" does not exist; did you mean"
            + " \"io.hakmem.FastPathHit\"? | FastPathHit",
        "SELECT * FROM io.hakmem.FastPathHit | a table's name stands in double quotes:"
            + " \"io.hakmem.FastPathHit\" | io.hakmem.FastPathHit",
        "SELECT * FROM customers | table \"customers\" does not exist; SHOW ALL TABLES lists those"
            + " of the recording | customers",
        "SELECT 'äö€', wieght FROM \"io.hakmem.FastPathHit\" | column \"wieght\" does not exist;"
            + " did you mean \"weight\"? | wieght",
        "SELECT h.wieght FROM \"io.hakmem.FastPathHit\" h | column \"wieght\" does not exist; did"
            + " you mean \"weight\"? | h.wieght",
        "SELECT TRUNCATE_STACKTRAC(\"stackTrace\", 1) FROM \"io.hakmem.FastPathHit\" | function"
            + " truncate_stacktrac does not exist; did you mean TRUNCATE_STACKTRACE? |"
            + " TRUNCATE_STACKTRAC(\"stackTrace\", 1)",
        "SELECT (\"eventThread\").javaNmae FROM \"io.hakmem.FastPathHit\" | the struct has no"
            + " field \"javaNmae\"; it has \"javaName\" | javaNmae",
        "SELECT FROM WHERE | syntax error at or near \"WHERE\" | WHERE",
        "EXPLAIN SELECT FROM WHERE | syntax error at or near \"WHERE\" | WHERE"
      })
  void errorsNameThePlaceAndTheNearestName(String statement, String message, String place) {
    QueryException failure = fails(statement);
    String actual = String.valueOf(failure.getMessage());
    assertTrue(actual.startsWith(message), actual);
    assertEquals(
        place, failure.sql().substring(failure.offset(), failure.offset() + failure.length()));
  }

  @Test
  void aLimitWithoutOrderIsTold() throws QueryException {
    assertFalse(sql().check("SELECT * FROM \"io.hakmem.FastPathHit\" LIMIT 3").ordered());
    assertTrue(sql().check("SELECT * FROM \"io.hakmem.FastPathHit\" ORDER BY 1 LIMIT 3").ordered());
    assertTrue(sql().check("SELECT * FROM \"io.hakmem.FastPathHit\"").ordered());
  }

  @Test
  void valuesKeepTheirDigits() throws QueryException {
    assertEquals(
        """
        ns,s,h,d,list,struct,blob
        2023-03-26 02:30:00.123456789,2023-03-26 02:30:00.123457,170141183460469231731687303715884105727,1.10,"[1, null]","{""javaName"": ""a""}",00ff
        """,
        run(
            "SELECT make_timestamp_ns(1679797800123456789) AS ns,"
                + " make_timestamp_ns(1679797800123456789)::TIMESTAMP AS s,"
                + " 170141183460469231731687303715884105727::HUGEINT AS h,"
                + " 1.10 AS d, [1, NULL] AS list, {'javaName': 'a'} AS struct,"
                + " '\\x00\\xff'::BLOB AS blob"));
  }

  @Test
  void textFromARecordingIsNeverRun() throws QueryException {
    assertEquals(
        "v\n'; DROP TABLE hakmem.threads; --\n",
        run("SELECT '''; DROP TABLE hakmem.threads; --' AS v"));
    assertEquals("\u001b[31m", fails("SELECT error('\u001b[31m')").getMessage());
  }

  @Test
  void aRunningStatementCanBeStopped() throws Exception {
    Thread stopper =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (!Thread.currentThread().isInterrupted()) {
                    sql().cancel();
                    Thread.onSpinWait();
                  }
                });
    try {
      assertEquals("cancelled", fails("SELECT count(*) FROM range(1000000000000)").getMessage());
    } finally {
      stopper.interrupt();
      stopper.join();
    }
    unchanged();
  }
}
