package io.hakmem.analysis.trace;

import io.hakmem.analysis.render.TextTable;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The summary of a trace: how much of what, by thread, and whether anything is missing. */
final class TraceText {

  private static final double NANOS = 1e9;
  private static final int WIDTH = 100;

  private final Map<Long, ThreadTotals> threads = new TreeMap<>();
  private final Map<Long, Long> streamOfThread = new TreeMap<>();
  private final Balance balance = new Balance();
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;

  void add(Operation operation) {
    threads.computeIfAbsent(operation.thread(), thread -> new ThreadTotals()).add(operation);
    streamOfThread.put(operation.thread(), operation.stream());
    balance.add(operation);
    first = Math.min(first, operation.time());
    last = Math.max(last, operation.time());
  }

  String render(Trace.Result result, Map<Long, String> names) {
    StringBuilder text = new StringBuilder();
    long allocates = threads.values().stream().mapToLong(ThreadTotals::allocates).sum();
    text.append(
        String.format(
            Locale.ROOT,
            "%,d operations, %,d allocates and %,d frees, in %.3f s%n",
            result.operations(),
            allocates,
            result.operations() - allocates,
            result.operations() == 0 ? 0 : (last - first) / NANOS));
    text.append(
        String.format(
            Locale.ROOT,
            "%,d events of %,d thread caches, %.2f bytes an operation%n",
            result.events(),
            result.streams(),
            (double) result.bytes() / Math.max(1, result.operations())));
    text.append(String.format(Locale.ROOT, "%,d blocks live in the end%n%n", balance.live()));
    TextTable table = TextTable.of("thread", "name", ">allocates", ">frees", ">bytes asked for");
    threads.forEach(
        (thread, totals) ->
            table.row(
                String.valueOf(thread),
                names.getOrDefault(streamOfThread.getOrDefault(thread, -1L), ""),
                String.format(Locale.ROOT, "%,d", totals.allocates()),
                String.format(Locale.ROOT, "%,d", totals.frees()),
                String.format(Locale.ROOT, "%,d", totals.bytes())));
    text.append(table.render("  ", WIDTH)).append('\n');
    if (result.before() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "Begins where its recording began: the same thread caches had done %,d operations"
                  + " in an earlier one.%n",
              result.before()));
    }
    if (result.lost() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "Not in the trace: %,d operations that threads did before they noticed it.%n",
              result.lost()));
    }
    if (balance.impossible() > 0) {
      text.append(
          String.format(
              Locale.ROOT,
              "%,d addresses were freed more often than allocated, or allocated twice: operations"
                  + " before or between these are missing.%n",
              balance.impossible()));
    }
    result.faults().forEach(fault -> text.append(fault).append('\n'));
    text.append(result.faults().isEmpty() ? "Complete" : "INCOMPLETE")
        .append(": every stream's operations were counted and every event's checksum computed.\n");
    return text.toString();
  }
}
