package io.hakmem.analysis.trace;

/** Totals of one thread. */
final class ThreadTotals {

  private long allocates;
  private long frees;
  private long bytes;

  void add(Operation operation) {
    if (operation.allocate()) {
      allocates++;
      bytes += operation.size();
    } else {
      frees++;
    }
  }

  long allocates() {
    return allocates;
  }

  long frees() {
    return frees;
  }

  /** Bytes that were asked for. */
  long bytes() {
    return bytes;
  }
}
