package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.percent;

import io.hakmem.analysis.query.QueryRunner;
import java.util.List;

/**
 * Samples that the JVM put at a place which cannot have taken that long. They count for other code
 * of the same compiled method, which is likely but not known.
 *
 * @param from the layer of the place that they have in the recording
 * @param to the layer that they count for
 * @param samples how many
 * @param method that all of it was compiled into
 */
record Misplaced(String from, String to, long samples, String method) {

  private static final double WORTH_SAYING = 0.02;

  static List<Misplaced> of(QueryRunner queries) {
    return queries.list(
        "doctor/misplaced",
        row ->
            new Misplaced(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                String.valueOf(row.getString(4))));
  }

  /** The interval of a share also holds what it would be if they were left where they were. */
  static LayerShare widen(LayerShare share, List<Misplaced> all, long samples) {
    long given = sum(all.stream().filter(m -> m.from().equals(share.layer())).toList());
    long taken = sum(all.stream().filter(m -> m.to().equals(share.layer())).toList());
    return new LayerShare(
        share.layer(),
        share.samples(),
        share.share(),
        Math.max(0, share.low() - (double) taken / samples),
        Math.min(1, share.high() + (double) given / samples));
  }

  private static long sum(List<Misplaced> some) {
    return some.stream().mapToLong(Misplaced::samples).sum();
  }

  /** A sentence for the reader; none if they are few. */
  static List<String> notes(List<Misplaced> all, long samples) {
    long moved = sum(all);
    if (moved <= WORTH_SAYING * samples) {
      return List.of();
    }
    Misplaced most = all.getFirst();
    return List.of(
        ("%s samples (%s) fell on single instructions of the allocator's fast half that cannot take that long: it was compiled into"
                + " one method with other code (%s), where the JVM's debug information mixes places up. They count for that code,"
                + " most of them for %s instead of %s; the intervals hold both. To settle it, record again with"
                + " -XX:CompileCommand=dontinline,io.hakmem.Hakmem::*.")
            .formatted(
                count(moved),
                percent((double) moved / samples),
                most.method(),
                most.to(),
                most.from()));
  }
}
