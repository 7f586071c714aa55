package io.hakmem.thread;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.CheckOptions;
import io.hakmem.event.Events;
import io.hakmem.slab.BlockRecords;
import java.util.function.BooleanSupplier;

/**
 * Which push path is live, as observed. Thread-safe.
 *
 * <p>A swap is done from outside (see the agent); this class only believes what a probe sees.
 */
public final class FreePaths {

  /** What a plain jar runs. */
  public static final String DIRECT = "direct";

  /** Direct, and a header that says which blocks are free. */
  public static final String GUARDED = "guarded";

  /** Every operation held against records, with poison, canaries and stacks. */
  public static final String CHECKED = "checked";

  public static final String CHECKED_SCAN = "checked-scan";

  /** A path that behaves like none of the known ones. */
  public static final String UNKNOWN = "unknown";

  /**
   * How an agent that rewrites the seam before it is loaded announces the path, whatever class
   * loader the allocator is in.
   */
  public static final String ANNOUNCED_PATH_PROPERTY = "hakmem.agent.push";

  /**
   * System properties that say what is live, for whoever looks at the JVM from outside, as with
   * {@code jcmd PID VM.system_properties}: {@link Installed}'s components. They are not there
   * before the allocator has started. Of several allocators in one JVM the last that was probed
   * writes them.
   */
  public static final String LIVE_PATH_PROPERTY = "hakmem.live.path";

  public static final String LIVE_PREVIOUS_PROPERTY = "hakmem.live.previous";
  public static final String LIVE_BY_PROPERTY = "hakmem.live.by";
  public static final String LIVE_PROVEN_PROPERTY = "hakmem.live.proven";

  /** What follows an invalid free: throw, report or halt; written with the others. */
  public static final String LIVE_POLICY_PROPERTY = "hakmem.live.onInvalid";

  /**
   * @param path as the probe observed it
   * @param previous the path before, empty for the first
   * @param by default, agent or attach
   * @param proven whether the path is the one that was announced
   */
  public record Installed(String path, String previous, String by, boolean proven) {}

  private static volatile Installed live = new Installed(UNKNOWN, "", "default", false);

  private static boolean started;

  private FreePaths() {}

  /** The path that is live. */
  public static Installed live() {
    return live;
  }

  /** Probes the seam for the first time, when the first allocator starts, and tells recordings. */
  public static void start() {
    probe();
    ProcessEvents.start();
  }

  private static synchronized void probe() {
    if (started) {
      return;
    }
    started = true;
    // The probe comes first: it loads the seam, and only then does an agent announce its path.
    String observed = FreePathProbe.observe();
    String announced = System.getProperty(ANNOUNCED_PATH_PROPERTY);
    if (announced != null && !announced.equals(observed)) {
      // It may have been swapped in the meantime, in a JVM that is attached to.
      observed = FreePathProbe.observe();
    }
    if (announced == null) {
      settle(observed, DIRECT, "default");
    } else {
      settle(observed, announced, "agent");
    }
  }

  /**
   * Probes the seam after a change.
   *
   * @param expected the path that should be live now
   * @param by who changed it: default, agent or attach
   * @return what the probe saw
   */
  public static synchronized Installed install(String expected, String by) {
    return settle(FreePathProbe.observe(), expected, by);
  }

  private static synchronized Installed settle(String observed, String expected, String by) {
    String previous = live.path().equals(UNKNOWN) ? "" : live.path();
    started = true;
    live = new Installed(observed, previous, by, observed.equals(expected));
    configure(observed);
    publish(live);
    emit();
    if (!by.equals("default")) {
      AgentNotice.probed(expected, observed);
    }
    return live;
  }

  /** The options are read anew, so that whoever swaps the path can set them before. */
  private static void configure(String observed) {
    CheckOptions options = AllocatorOptions.fromSystem().checks();
    InvalidFrees.policy(options.policy());
    Leaks.when(options.leaks());
    if (!observed.equals(CHECKED)) {
      BlockRecords.disarm();
      Sweep.every(0);
      return;
    }
    Stacks.interval(options.stacks());
    Quarantine.bytes(options.quarantineBytes());
    BlockRecords.arm(
        options.poison(),
        new BooleanSupplier() {
          @Override
          public boolean getAsBoolean() {
            return FreePath.checks();
          }
        },
        CheckedFree::released);
    Sweep.every(options.sweepMillis());
  }

  private static void publish(Installed now) {
    System.setProperty(LIVE_PATH_PROPERTY, now.path());
    System.setProperty(LIVE_PREVIOUS_PROPERTY, now.previous());
    System.setProperty(LIVE_BY_PROPERTY, now.by());
    System.setProperty(LIVE_PROVEN_PROPERTY, Boolean.toString(now.proven()));
    System.setProperty(LIVE_POLICY_PROPERTY, InvalidFrees.policyName());
  }

  /** Writes the event that says which path is live. */
  public static void emit() {
    Installed now = live;
    Events.freePathInstalled(now.path(), now.previous(), now.by(), now.proven());
  }
}
