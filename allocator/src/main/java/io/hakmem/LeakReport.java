package io.hakmem;

import io.hakmem.event.Events;
import io.hakmem.thread.Leaks;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Live blocks by the stack of their allocation, those with most bytes first.
 *
 * @param bytes that were asked for, all together
 * @param groups one for each stack; the blocks whose stack was not kept are one group
 */
public record LeakReport(long bytes, long blocks, List<Group> groups) {

  /** Groups that the table shows. */
  private static final int SHOWN = 20;

  /**
   * Blocks that were allocated at one place.
   *
   * @param bytes that were asked for
   * @param stack innermost frame first, empty where none was kept
   * @param youngest whether this place allocated last, of those whose stacks were kept
   */
  public record Group(long bytes, long blocks, List<StackTraceElement> stack, boolean youngest) {}

  static LeakReport of(Heap heap) {
    List<Group> groups =
        Leaks.live(heap.owner()).stream()
            .map(group -> new Group(group.bytes(), group.blocks(), group.stack(), group.youngest()))
            .toList();
    return new LeakReport(
        groups.stream().mapToLong(Group::bytes).sum(),
        groups.stream().mapToLong(Group::blocks).sum(),
        groups);
  }

  /** Writes an event for each group, and the table to stderr, if there is anything. */
  void tell(String moment) {
    for (Group group : groups) {
      Events.leakSuspect(group.bytes, group.blocks, text(group, "\n"), group.youngest);
    }
    if (blocks > 0) {
      System.err.println("hakmem: live at " + moment + ":\n" + this);
    }
  }

  private static String text(Group group, String separator) {
    return group.stack.stream()
        .map(StackTraceElement::toString)
        .collect(Collectors.joining(separator));
  }

  /** A table, biggest first; the place that allocated last has a star. */
  @Override
  public String toString() {
    StringBuilder table = new StringBuilder(row("bytes", "blocks", "", "allocated at"));
    for (Group group : groups.subList(0, Math.min(SHOWN, groups.size()))) {
      String at =
          group.stack.isEmpty()
              ? "no stack: " + Leaks.sampling()
              : text(group, "\n" + " ".repeat(row("", "", "", "").length()));
      table.append(row(number(group.bytes), number(group.blocks), group.youngest ? "*" : "", at));
    }
    table.append(row(number(bytes), number(blocks), "", groups.size() + " places"));
    return table.toString().stripTrailing();
  }

  private static String row(String bytes, String blocks, String youngest, String at) {
    return "%18s %12s %1s %s%s".formatted(bytes, blocks, youngest, at, at.isEmpty() ? "" : "\n");
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
