package io.hakmem.analysis.trial;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One row of the trial's table: a working set with mixed sizes, or blocks of one fixed size.
 *
 * @param id what {@code --rows} and the JSON call it
 * @param workingSet slots of the workload
 * @param blockSize every block's size in bytes; 0 for the workload's own mix of sizes
 * @param planBaseline what the plan measured before the change, M ops/s
 * @param planTargetLow lower end of what the plan aims for, M ops/s
 * @param planTargetHigh upper end of it
 */
record TrialRow(
    String id,
    int workingSet,
    int blockSize,
    double planBaseline,
    double planTargetLow,
    double planTargetHigh) {

  private static final int FIXED_BLOCKS_WORKING_SET = 256;

  /** The plan's literal arguments (working sets), then its row labels (block sizes). */
  static final List<TrialRow> ALL =
      List.of(
          workingSet(128, 8.25),
          workingSet(256, 6.11),
          workingSet(512, 8.71),
          workingSet(1024, 5.24),
          block(128, 8.25),
          block(256, 6.11),
          block(512, 8.71),
          block(1024, 5.24));

  /** The only row of a user's own program. */
  static final TrialRow PROGRAM = new TrialRow("program", 0, 0, Double.NaN, Double.NaN, Double.NaN);

  private static TrialRow workingSet(int slots, double planBaseline) {
    return new TrialRow("ws" + slots, slots, 0, planBaseline, 30, 50);
  }

  private static TrialRow block(int bytes, double planBaseline) {
    return new TrialRow("block" + bytes, FIXED_BLOCKS_WORKING_SET, bytes, planBaseline, 30, 50);
  }

  String label() {
    if (equals(PROGRAM)) {
      return id;
    }
    return blockSize == 0 ? "ws " + workingSet : "block " + blockSize + " B";
  }

  /** The workload's arguments after its name. */
  List<String> arguments(long operations, long seed) {
    List<String> arguments = new ArrayList<>();
    arguments.add(Long.toString(operations));
    arguments.add(Integer.toString(workingSet));
    arguments.add(Long.toString(seed));
    if (blockSize > 0) {
      arguments.add(Integer.toString(blockSize));
      arguments.add(Integer.toString(blockSize));
    }
    return List.copyOf(arguments);
  }

  /**
   * Rows by id; {@code ws}, {@code block} and {@code all} name groups. In the table's order,
   * whatever the order asked for.
   *
   * @throws IllegalArgumentException naming the first id that is unknown
   */
  static List<TrialRow> select(List<String> ids) {
    Set<String> wanted = new LinkedHashSet<>();
    for (String id : ids) {
      String name = id.strip().toLowerCase(Locale.ROOT);
      if (ALL.stream().noneMatch(row -> row.answersTo(name))) {
        throw new IllegalArgumentException(
            "unknown row '" + id + "': use " + names() + ", or a group: ws, block, all");
      }
      wanted.add(name);
    }
    return ALL.stream().filter(row -> wanted.stream().anyMatch(row::answersTo)).toList();
  }

  private boolean answersTo(String name) {
    return name.equals(id) || name.equals("all") || name.equals(blockSize == 0 ? "ws" : "block");
  }

  private static String names() {
    return String.join(", ", ALL.stream().map(TrialRow::id).toList());
  }
}
