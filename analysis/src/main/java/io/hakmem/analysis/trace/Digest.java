package io.hakmem.analysis.trace;

/**
 * A check sum of the operations of one thread: in order, and in any order. The workload {@code
 * trace-check} computes the same of what it does.
 */
final class Digest {

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private long operations;
  private long ordered;
  private long unordered;

  void add(Operation operation) {
    long hash = mix(operation.address());
    if (operation.allocate()) {
      hash = mix(hash ^ mix(operation.size() + 1) ^ mix(operation.alignment()) * FACTOR);
    }
    operations++;
    ordered = ordered * FACTOR + hash;
    unordered += hash;
  }

  private static long mix(long value) {
    long mixed = value * FACTOR;
    return mixed ^ (mixed >>> 29);
  }

  @Override
  public String toString() {
    return "operations %d ordered %016x unordered %016x".formatted(operations, ordered, unordered);
  }
}
