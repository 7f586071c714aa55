package io.hakmem.analysis.trial;

import io.hakmem.analysis.query.QueryRunner;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathAnalysis;
import java.nio.file.Path;
import java.util.List;

/**
 * What one recording says.
 *
 * @param misuse the invalid frees that its push path caught, most frequent first
 */
record Seen(HotPath hotPath, List<Misuse> misuse) {

  /**
   * Reads it.
   *
   * @throws RecordingException if it cannot be read or holds no events of the allocator
   */
  static Seen read(Path recording) throws RecordingException {
    try (EventTables tables = EventTables.load(List.of(recording))) {
      HotPath hotPath = HotPathAnalysis.of(recording, tables);
      List<Misuse> misuse =
          new QueryRunner(tables)
              .list(
                  "invalid-free-sites",
                  row -> new Misuse(row.getString(1), row.getString(2), row.getLong(3)));
      return new Seen(hotPath, misuse);
    }
  }
}
