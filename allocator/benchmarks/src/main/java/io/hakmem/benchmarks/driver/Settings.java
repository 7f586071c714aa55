package io.hakmem.benchmarks.driver;

/**
 * The numbers of one run.
 *
 * @param operations allocates and frees in the timed part, of all threads together
 * @param workingSet slots of each thread, or what the workload says
 * @param seed of the random numbers, not 0
 */
record Settings(long operations, int workingSet, int threads, int seed) {

  Settings withOperations(long count) {
    return new Settings(count, workingSet, threads, seed);
  }

  /** Operations of each thread, rounded up. */
  long operationsOfThread() {
    return (operations + threads - 1) / threads;
  }

  /** A seed for one thread; the first has the seed itself. */
  int seedOf(int thread) {
    int mixed = seed ^ thread * 0x9E3779B9;
    return mixed == 0 ? 1 : mixed;
  }
}
