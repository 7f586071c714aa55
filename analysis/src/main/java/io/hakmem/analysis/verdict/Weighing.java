package io.hakmem.analysis.verdict;

import java.util.List;

/**
 * What the samples weigh beside their shares. Zero where the recording does not say.
 *
 * @param seconds that the samples span
 * @param cpuSeconds of Java threads, as the CPU-time sampler saw it
 * @param gcCpuSeconds of garbage collections; in the layers it counts as {@code GC}
 * @param compilerSeconds of the JIT's threads; beside the layers, since it ends with warm-up
 * @param operations allocates and frees between the first and the last reading of the counters
 * @param costs of each layer per operation, highest first; empty where it cannot be told
 * @param witnesses what the exact counters and the slow path's own clock say
 */
public record Weighing(
    double seconds,
    double cpuSeconds,
    double gcCpuSeconds,
    double compilerSeconds,
    long operations,
    List<LayerCost> costs,
    List<Testimony> witnesses) {

  /** Of a recording without samples. */
  public static final Weighing NONE = new Weighing(0, 0, 0, 0, 0, List.of(), List.of());

  /** CPU time of one operation in nanoseconds, the program's own work included; 0 if unknown. */
  public double nanosPerOperation() {
    return costs.stream().mapToDouble(LayerCost::nanos).sum();
  }
}
