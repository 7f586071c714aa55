package io.hakmem.analysis.cli;

import io.hakmem.analysis.query.MissingEventException;
import io.hakmem.analysis.query.Query;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.verdict.CpuSamples;
import java.util.ArrayList;
import java.util.List;

/** Makes a recording ready for queries that come with hakmem. Not thread-safe. */
final class QueryRun {

  private final EventTables tables;
  private boolean attributed;

  QueryRun(EventTables tables) {
    this.tables = tables;
  }

  /**
   * Prepares what the query reads beside events.
   *
   * @throws MissingEventException if the recording lacks an event type
   */
  void prepare(Query query) throws MissingEventException {
    List<String> missing = query.missing(tables);
    if (!missing.isEmpty()) {
      throw new MissingEventException(
          "query "
              + query.name()
              + " needs "
              + String.join(", ", missing).replace(" | ", " or ")
              + ", which the recording does not know: record with a version and a profile that write"
              + " it, for example with \"hakmem record\"");
    }
    if (query.readsLayers() && !attributed) {
      if (CpuSamples.attribute(tables).isEmpty()) {
        throw new MissingEventException(
            "query "
                + query.name()
                + " needs CPU samples, of which the recording has none: record with "
                + String.join(", ", query.events()).replace(" | ", " or ")
                + " turned on, for example with \"hakmem record\"");
      }
      attributed = true;
    }
  }

  /** Which of the query's event types have no events: no row then does not mean no problem. */
  List<String> notes(Query query) {
    List<String> notes = new ArrayList<>();
    for (String entry : query.events()) {
      List<String> types = Query.alternatives(entry);
      if (types.stream().allMatch(type -> tables.count(type) == 0)) {
        notes.add(
            "the recording has no "
                + String.join(" or ", types)
                + " events: none happened, or they were not turned on");
      }
    }
    return notes;
  }
}
