package io.hakmem.analysis.trace;

import java.util.HashMap;
import java.util.Map;

/**
 * What is live in the end, whatever the order of the operations of different threads: each address
 * must have been allocated as often as freed, or once more.
 */
final class Balance {

  private final Map<Long, Integer> open = new HashMap<>();

  void add(Operation operation) {
    int change = operation.allocate() ? 1 : -1;
    open.merge(operation.address(), change, Balance::sum);
  }

  @SuppressWarnings("NullAway") // null is how merge is told to forget an address
  private static Integer sum(Integer before, Integer change) {
    int sum = before + change;
    return sum == 0 ? null : sum;
  }

  /** Addresses that were allocated once more than freed. */
  long live() {
    return open.values().stream().filter(count -> count == 1).count();
  }

  /** Addresses that no order of the operations explains, unless some are missing. */
  long impossible() {
    return open.values().stream().filter(count -> count != 1).count();
  }
}
