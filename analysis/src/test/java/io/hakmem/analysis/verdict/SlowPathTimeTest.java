package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.query.Query;
import io.hakmem.analysis.tables.EventTables;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the exact counters say of the slow half beside its clock. */
class SlowPathTimeTest {

  private static final String READINGS = "rows.\"io.hakmem.FastPathStatistics\"";

  @TempDir Path folder;

  private static long counted(EventTables tables) throws Exception {
    try (var statement = tables.database().connection().createStatement();
        var rows = statement.executeQuery(Query.named("slow-path-time").sql())) {
      assertTrue(rows.next());
      return rows.getLong("counted");
    }
  }

  /** A recording that is begun in a program that has run for days. */
  @Test
  void countsFromTheFirstReadingOn() throws Exception {
    Path recording = Recorded.record(folder.resolve("late.jfr"), Recorded::emitAll);
    try (EventTables tables = EventTables.load(List.of(recording))) {
      assertEquals(6, counted(tables), "10 at the first reading, 16 at the last");
      tables.database().execute("DELETE FROM " + READINGS + " WHERE refills + rejections = 10");
      assertEquals(16, counted(tables), "one reading: since the start of the JVM");
    }
  }
}
