package io.hakmem.analysis.verdict;

import java.util.List;
import java.util.Optional;

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
 * @param waits for locks, longest first; empty where none was recorded
 * @param pageFaultShare of the CPU time that the kernel took and no sample shows, 0 to 1, at least;
 *     it counts for the layers that touch fresh memory first
 */
public record Weighing(
    double seconds,
    double cpuSeconds,
    double gcCpuSeconds,
    double compilerSeconds,
    long operations,
    List<LayerCost> costs,
    List<Testimony> witnesses,
    List<LayerWait> waits,
    double pageFaultShare) {

  /** Of a recording without samples. */
  public static final Weighing NONE =
      new Weighing(0, 0, 0, 0, 0, List.of(), List.of(), List.of(), 0);

  /** What threads waited for locks in all, in seconds. */
  public double waitSeconds() {
    return waits.stream().mapToLong(LayerWait::nanos).sum() / 1e9;
  }

  /** Share of the waits in a layer in all that threads used or waited, 0 to 1. */
  public double shareOf(LayerWait wait) {
    return wait.nanos() / 1e9 / (cpuSeconds + gcCpuSeconds + waitSeconds());
  }

  /**
   * The waits that took more than any layer took of the CPU.
   *
   * @param first the layer that leads by CPU time
   */
  public Optional<LayerWait> leadingWait(LayerShare first) {
    double cpu = first.high() * (cpuSeconds + gcCpuSeconds);
    return waits.stream().findFirst().filter(wait -> cpuSeconds > 0 && wait.nanos() / 1e9 > cpu);
  }

  /**
   * Whether page faults took more than what any layer took beside them, so that the operating
   * system is the hot path and not who touches its memory.
   *
   * @param first the layer that leads by CPU time
   */
  public boolean faultsLead(LayerShare first) {
    return !first.layer().equals("OS") && pageFaultShare > 0.5 * first.high();
  }

  /** CPU time of one operation in nanoseconds, the program's own work included; 0 if unknown. */
  public double nanosPerOperation() {
    return costs.stream().mapToDouble(LayerCost::nanos).sum();
  }
}
