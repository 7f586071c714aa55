package io.hakmem.analysis.planted;

import io.hakmem.Hakmem;
import io.hakmem.analysis.planted.Clock.Work;
import java.util.Random;

/**
 * Small programs of which it is known where their CPU time goes. They run for a given CPU time, not
 * a given time, so that a busy machine changes nothing, and print what each part took by the
 * system's clock.
 */
public final class Bottlenecks {

  private final double seconds;
  private final Clock clock = new Clock();
  private final Crowd crowd;

  private Bottlenecks(double seconds) {
    this.seconds = seconds;
    crowd = new Crowd(seconds, clock);
  }

  /** Arguments: the program, seconds of CPU time. */
  public static void main(String[] arguments) throws Exception {
    Hakmem.free(Hakmem.allocate(48)); // so that its events are there
    Bottlenecks bottlenecks = new Bottlenecks(Double.parseDouble(arguments[1]));
    bottlenecks.run(arguments[0]);
    bottlenecks.clock.endOfThread();
    bottlenecks.clock.print();
  }

  private void run(String program) throws Exception {
    switch (program) {
      case "application" -> repeat(() -> Works.spin(100_000));
      case "pairs" -> repeat(new Works.Pairs(256));
      case "scan" -> repeat(scan());
      case "scan-classes" -> repeat(new Works.Classes(300));
      case "refill" -> repeat(new Works.Hoard(clock));
      case "burst" -> repeat(new Works.Burst(clock, 20_000, 48));
      case "classes" -> repeat(new Works.Classes(600));
      case "odd-sizes" -> repeat(new Works.Sizes(1100));
      case "fitting-sizes" -> repeat(new Works.Sizes(1400));
      case "capacity" -> repeat(new Works.Burst(clock, 100, 90_000));
      case "registry" -> repeat(new Works.LookUps());
      case "aligned" -> repeat(() -> clock.timeLeast("aligned", () -> Works.aligned(100_000)));
      case "garbage" -> repeat(new Works.Garbage());
      default -> memory(program);
    }
  }

  /** What larger memory costs. */
  private void memory(String program) throws Exception {
    switch (program) {
      case "large" -> repeat(() -> Works.large(64 << 20));
      case "os" -> crowd.together(4, () -> () -> Works.large(1 << 30));
      case "mappings" -> repeat(new Works.Sawtooth(40, 3_000_000, false));
      case "mappings-written" -> repeat(new Works.Sawtooth(40, 3_000_000, true));
      case "mappings-filled" -> repeat(() -> Works.filled(8 << 20));
      case "segments" -> repeat(new Works.Sawtooth(100, 900_000, false));
      case "segments-written" -> repeat(new Works.Sawtooth(100, 900_000, true));
      case "spans" -> repeat(() -> Works.large(500_000));
      case "spans-held" -> repeat(new Works.Scattered(4000, 100_000));
      case "scattered" -> repeat(new Works.Scattered(400_000, 64));
      case "look-ups" -> repeat(new Works.LiveSet(100_000, 40_000));
      case "zeroing" -> repeat(() -> Works.zeroed(24_000));
      case "arenas" -> repeat(() -> Works.arenas(8_000));
      case "arenas-large" -> repeat(() -> Works.arenas(200_000));
      case "grown" -> repeat(() -> Works.grown(8000, 90_000));
      case "grown-far" -> repeat(() -> Works.grown(64, 800_000));
      default -> threads(program);
    }
  }

  private void threads(String program) throws Exception {
    switch (program) {
      case "lock" -> crowd.together(4, () -> Crowd.locked(() -> Works.spin(50_000)));
      case "locked-pairs" -> crowd.together(4, () -> Crowd.locked(new Works.Pairs(256)));
      case "pairs-of-4" -> crowd.together(4, () -> new Works.Pairs(256));
      case "central" -> crowd.together(4, () -> new Works.Hoard(clock));
      case "central-tiny" -> crowd.together(4, () -> new Works.Burst(clock, 100, 90_000));
      case "virtual" -> crowd.virtual(8, () -> new Works.Pairs(256));
      case "virtual-many" -> crowd.virtual(200, () -> new Works.Pairs(64));
      case "short-threads" -> repeat(() -> Crowd.shortThreads(new Works.Classes(2)));
      case "ping-pong" -> crowd.pingPong();
      case "hand-over" -> crowd.handOver(2000);
      case "hand-over-1" -> crowd.handOver(20);
      default -> mixes(program);
    }
  }

  private void mixes(String program) throws Exception {
    switch (program) {
      case "mixed60" -> mixed(0.6, () -> Works.spin(20_000), scan());
      case "mixed80" -> mixed(0.8, () -> Works.spin(20_000), scan());
      case "mixed50" -> mixed(0.5, () -> Works.spin(20_000), scan());
      case "server70" -> mixed(0.7, new Messages(), new Works.Pairs(256));
      case "server30" -> mixed(0.3, new Messages(), new Works.Pairs(256));
      case "digest60" -> mixed(0.6, new Works.Digest(), scan());
      case "copy60" -> mixed(0.6, new Works.Copy(), scan());
      case "zeroing40" -> mixed(0.6, () -> Works.spin(20_000), () -> Works.zeroed(24_000));
      default -> throw new IllegalArgumentException(program);
    }
  }

  private Work scan() {
    return new Works.Burst(clock, 500, 48);
  }

  private void repeat(Work work) throws Exception {
    Crowd.repeat(seconds, work);
  }

  /**
   * Spends that share of its CPU time in the application, the rest on blocks, in turns of random
   * length: turns of one length would fall into step with the sampler.
   */
  private void mixed(double share, Work application, Work blocks) throws Exception {
    Random random = new Random(42);
    repeat(
        () -> {
          long own = clock.nanos("application");
          boolean mine = own <= share * (own + clock.nanos("blocks"));
          int times = 1 + random.nextInt(12);
          clock.time(
              mine ? "application" : "blocks", () -> times(times, mine ? application : blocks));
        });
  }

  private static void times(int times, Work work) throws Exception {
    for (int i = 0; i < times; i++) {
      work.some();
    }
  }
}
