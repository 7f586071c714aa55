package io.hakmem.benchmarks.model;

/** What did not agree with the model. Thread-safe. */
final class Findings {

  /** Written under the lock only; threads look at it before every operation. */
  private volatile long count;

  private volatile String first = "";

  synchronized void add(String mismatch) {
    if (count == 0) {
      first = mismatch;
    }
    long now = count + 1;
    count = now;
  }

  /** Adds nothing for an empty string, which is what checks say that found nothing. */
  void addUnlessEmpty(String mismatch) {
    if (!mismatch.isEmpty()) {
      add(mismatch);
    }
  }

  void expect(String what, long expected, long found) {
    if (expected != found) {
      add("%s: expected %d, found %d".formatted(what, expected, found));
    }
  }

  void expectAtMost(String what, long smaller, long larger) {
    if (smaller > larger) {
      add("%s: %d is more than %d".formatted(what, smaller, larger));
    }
  }

  long count() {
    return count;
  }

  /** An empty string if there is none. */
  String first() {
    return first;
  }
}
