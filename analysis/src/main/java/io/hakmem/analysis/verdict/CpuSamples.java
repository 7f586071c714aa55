package io.hakmem.analysis.verdict;

import io.hakmem.analysis.query.Query;
import io.hakmem.analysis.query.QueryRunner;
import io.hakmem.analysis.tables.Database;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.TablesException;
import java.sql.SQLException;

/** Picks the best CPU samples of a recording and attributes each to a layer, in the database. */
public final class CpuSamples {

  static final String CPU_TIME = "jdk.CPUTimeSample";
  static final String EXECUTION = "jdk.ExecutionSample";
  static final String NONE = "";

  private CpuSamples() {}

  /** Fills {@code temp.sample_layers}; returns the event type used, or {@link #NONE}. */
  public static String attribute(EventTables tables) {
    Database database = tables.database();
    String source = source(tables);
    if (source.equals(NONE)) {
      return NONE;
    }
    boolean tellsMisplaced = false;
    if (source.equals(CPU_TIME)) {
      run(database, "samples-cpu-time");
      tellsMisplaced = Query.read("attribution/misplaced").answerable(tables);
      if (Query.read("attribution/samples-lost").answerable(tables)) {
        boolean tellsWalks = Query.read("attribution/stack-walks").answerable(tables);
        run(database, tellsWalks ? "stack-walks" : "no-stack-walks");
        run(database, "samples-lost");
      }
    } else {
      run(database, "samples-execution");
      if (Query.read("attribution/samples-native").answerable(tables)) {
        run(database, "samples-native");
      }
    }
    classify(database, tellsMisplaced);
    return source;
  }

  /**
   * Gives each row of {@code temp.cpu_samples} its layer.
   *
   * @param tellsMisplaced whether there is what it takes to tell samples at a wrong place
   */
  static void classify(Database database, boolean tellsMisplaced) {
    run(database, "layer-rules");
    run(database, "attribute");
    run(database, tellsMisplaced ? "misplaced" : "none-misplaced");
    run(database, "sample-layers");
  }

  private static String source(EventTables tables) {
    if (tables.count(CPU_TIME) > 0) {
      return CPU_TIME;
    }
    return tables.count(EXECUTION) > 0 ? EXECUTION : NONE;
  }

  private static void run(Database database, String script) {
    try {
      database.execute(Database.resource("attribution/" + script + ".sql"));
    } catch (TablesException e) {
      throw e.getCause() instanceof SQLException cause ? QueryRunner.failure(script, cause) : e;
    }
  }
}
