package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.count;

import io.hakmem.analysis.query.QueryRunner;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which lists of thread caches were too small, what kept them from growing, and what would be left
 * of their slow paths if they were larger.
 */
final class CapacityAdvice {

  static final String QUERY = "capacity-predictions";

  private static final double MANY_REJECTIONS = 0.001;
  private static final int MOST_CLASSES = 4;
  private static final long SUFFICES = 50;
  private static final long MIB = 1 << 20;
  private static final long DEFAULT_BUDGET = 4 * MIB;
  private static final Pattern BUDGET = Pattern.compile("hakmem\\.thread\\.cache=(\\d+)([kmg]?)");

  private CapacityAdvice() {}

  /** A class with one target; rejections and refills now, and predicted for that capacity. */
  private record Prediction(
      int sizeClass,
      long block,
      long frees,
      long rejections,
      long allocates,
      long refills,
      long capacity,
      String limit,
      long target,
      long rejectionsThen,
      long refillsThen) {

    long now() {
      return rejections + refills;
    }

    long then() {
      return rejectionsThen + refillsThen;
    }

    long bytes() {
      return (target - capacity) * block;
    }
  }

  static List<Recommendation> of(QueryRunner queries) {
    Map<Integer, List<Prediction>> classes = new LinkedHashMap<>();
    queries.list(QUERY, CapacityAdvice::prediction).stream()
        .filter(p -> p.rejections() > MANY_REJECTIONS * p.frees())
        .forEach(p -> classes.computeIfAbsent(p.sizeClass(), c -> new ArrayList<>()).add(p));
    List<Prediction> larger =
        classes.values().stream()
            .filter(targets -> targets.getFirst().limit().equals("budget"))
            .map(CapacityAdvice::smallestThatSuffices)
            .filter(best -> best.then() < best.now())
            .filter(best -> 4 * best.target() >= 5 * best.capacity())
            .toList();
    long wanted = larger.stream().mapToLong(Prediction::bytes).sum();
    long now = budget(queries);
    long then = (now + wanted + MIB - 1) / MIB * MIB;
    List<Recommendation> list = new ArrayList<>();
    larger.stream().limit(MOST_CLASSES).forEach(best -> list.add(raise(best, now, then)));
    classes.values().stream()
        .map(List::getFirst)
        .filter(first -> first.limit().equals("most"))
        .limit(MOST_CLASSES)
        .forEach(first -> list.add(shorterSurges(first)));
    return list;
  }

  private static Prediction prediction(java.sql.ResultSet row) throws java.sql.SQLException {
    return new Prediction(
        row.getInt(1),
        row.getLong(2),
        row.getLong(3),
        row.getLong(4),
        row.getLong(5),
        row.getLong(6),
        row.getLong(7),
        row.getString(8),
        row.getLong(9),
        row.getLong(10),
        row.getLong(11));
  }

  /**
   * The smallest capacity that leaves next to nothing of the slow paths, else the largest. With
   * less the class would go on to compete with others for the budget, and nobody knows which gets
   * it.
   */
  private static Prediction smallestThatSuffices(List<Prediction> targets) {
    return targets.stream()
        .filter(target -> SUFFICES * target.then() <= target.now())
        .findFirst()
        .orElse(targets.getLast());
  }

  private static Recommendation raise(Prediction best, long now, long then) {
    return new Recommendation(
        "capacity",
        "Let size class %d (%d B) cache %s blocks: -Dhakmem.thread.cache=%dm instead of %s, which is enough for every class that asks for more."
            .formatted(
                best.sizeClass(), best.block(), count(best.target()), then / MIB, bytes(now)),
        "%s of %s frees (%s) met a full list of %s, %s of %s allocates (%s) an empty one; the budget of the cache kept it from growing"
            .formatted(
                count(best.rejections()),
                count(best.frees()),
                rate(best.rejections(), best.frees()),
                count(best.capacity()),
                count(best.refills()),
                count(best.allocates()),
                rate(best.refills(), best.allocates())),
        "rejections fall to %s of its frees, refills to %s of its allocates"
            .formatted(
                rate(best.rejectionsThen(), best.frees()),
                rate(best.refillsThen(), best.allocates())),
        QUERY);
  }

  private static Recommendation shorterSurges(Prediction first) {
    return new Recommendation(
        "surges",
        "Free size class %d (%d B) in surges of less than %s blocks a thread, with allocates between them: a list holds no more, and no option changes that."
            .formatted(first.sizeClass(), first.block(), count(first.capacity())),
        "%s of %s frees (%s) met a full list of %s blocks, the most of that class"
            .formatted(
                count(first.rejections()),
                count(first.frees()),
                rate(first.rejections(), first.frees()),
                count(first.capacity())),
        "surges that fit the list are not rejected at all",
        QUERY);
  }

  /** What one thread's lists may hold, in bytes. */
  private static long budget(QueryRunner queries) {
    return queries.list("allocator-options", row -> row.getString(1)).stream()
        .map(BUDGET::matcher)
        .filter(Matcher::find)
        .mapToLong(CapacityAdvice::bytes)
        .findFirst()
        .orElse(DEFAULT_BUDGET);
  }

  private static long bytes(Matcher value) {
    return Long.parseLong(value.group(1))
        << switch (value.group(2)) {
          case "k" -> 10;
          case "m" -> 20;
          case "g" -> 30;
          default -> 0;
        };
  }

  static String bytes(long bytes) {
    return bytes < MIB
        ? String.format(Locale.ROOT, "%d KiB", Math.max(1, bytes >> 10))
        : String.format(Locale.ROOT, "%.1f MiB", (double) bytes / MIB);
  }

  private static String rate(long part, long of) {
    return of == 0 ? "-" : String.format(Locale.ROOT, "%.3f %%", 100.0 * part / of);
  }
}
