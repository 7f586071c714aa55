package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;

import io.hakmem.config.CheckOptions;
import io.hakmem.event.Events;
import io.hakmem.slab.BlockRecords;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where every path takes the misuse that it has found: event, then what the policy says. An
 * exception is its own message, so only the other policies print a line. No lock of ours is held
 * while a line is printed. Thread-safe.
 */
public final class InvalidFrees {

  /** What is wrong. */
  public enum Kind {
    NONE("none", "nothing is wrong"),
    MISALIGNED("misaligned", "the address is not a multiple of 16"),
    HEADER_CORRUPTED("headerDamaged", "the header byte in front of the block was overwritten"),
    DOUBLE_FREE("doubleFree", "the block was freed already"),
    NOT_A_BLOCK("foreign", "no block of this allocator starts there"),
    INTERIOR("interior", "the address lies inside a block, not at its start"),
    OVERRUN("overrun", "the bytes behind what was asked for were overwritten"),
    WRITE_AFTER_FREE("writeAfterFree", "the block was written to after it had been freed"),
    LIST_CORRUPTED("listCorrupted", "the list of free blocks was overwritten"),
    CLOSED("closedAllocator", "the allocator of the block is closed"),
    WRONG_SIZE("wrongSize", "the block was allocated with another size");

    private final String eventName;
    private final String meaning;

    Kind(String eventName, String meaning) {
      this.eventName = eventName;
      this.meaning = meaning;
    }

    /** Its name in events, which stays. */
    public String eventName() {
      return eventName;
    }

    public String meaning() {
      return meaning;
    }
  }

  /**
   * Misuse as it was found.
   *
   * @param header byte in front of the address, 0 where it can't be read
   * @param sizeClass of the block or the nearest one, -1 for none
   * @param requested bytes that were asked for, -1 if unknown
   * @param details lines about the block and those next to it, each with a line break in front
   */
  record Misuse(
      Kind kind,
      long address,
      int header,
      int sizeClass,
      long requested,
      String details,
      String allocatedAt,
      String freedAt) {

    static Misuse of(Kind kind, long address, int header, int sizeClass) {
      return new Misuse(kind, address, header, sizeClass, -1, "", "", "");
    }

    /** The same with lines about what is there. */
    Misuse with(String newDetails) {
      return new Misuse(
          kind, address, header, sizeClass, requested, newDetails, allocatedAt, freedAt);
    }

    /** The same with what a block's record says, if it says anything; 0 for no record. */
    Misuse with(String newDetails, long block, int epoch) {
      boolean known = block != 0 && BlockRecords.state(getInt(block), epoch) != 0;
      return new Misuse(
          kind,
          address,
          header,
          sizeClass,
          known ? BlockRecords.userRequested(block) : -1,
          newDetails,
          Diagnosis.allocatedAt(block, epoch),
          Diagnosis.freedAt(block, epoch));
    }

    /** The first line names all that a grep wants. */
    String message(String path) {
      return "invalid free of 0x%x (header 0x%02x, path %s): %s: %s%s%s%s"
          .formatted(
              address,
              header,
              path,
              kind.eventName(),
              kind.meaning(),
              details,
              allocatedAt.isEmpty() ? "" : "\n  allocated by " + allocatedAt,
              freedAt.isEmpty() ? "" : "\n  first freed by " + freedAt);
    }
  }

  /** Makes the exception that users see. */
  @FunctionalInterface
  public interface Thrower {
    RuntimeException exception(Kind kind, String message, long address);
  }

  /** Ends a probe's push: it expects to be refused. */
  static final class RefusedInProbe extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedInProbe() {
      super("refused in a probe", null, false, false);
    }
  }

  private static final int LINES_PER_SECOND = 5;
  private static final long SECOND = 1_000_000_000L;

  private static volatile Thrower thrower =
      (kind, message, address) -> new IllegalStateException(message);
  private static volatile CheckOptions.Policy policy = CheckOptions.Policy.THROW;

  private static final AtomicLong SECOND_BEGAN = new AtomicLong(System.nanoTime() - SECOND);
  private static final AtomicInteger LINES = new AtomicInteger();
  private static final AtomicInteger UNSAID = new AtomicInteger();

  /** Misuse that was found under a lock of ours, and lines, until no lock is held. */
  private static final Queue<Runnable> WAITING = new ConcurrentLinkedQueue<>();

  private InvalidFrees() {}

  /** Names the exception of the public interface. */
  public static void thrower(Thrower newThrower) {
    thrower = newThrower;
  }

  static void policy(CheckOptions.Policy newPolicy) {
    policy = newPolicy;
  }

  /** What follows an invalid free, as the option's value is written. */
  static String policyName() {
    return policy.name().toLowerCase(Locale.ROOT);
  }

  static void report(Kind kind, long cache, int sizeClass, long base) {
    refuseInProbe(cache);
    report(cache, Misuse.of(kind, base + HEADER_BYTES, getByte(base) & 0xFF, sizeClass));
  }

  static void refuseInProbe(long cache) {
    if (getInt(cache + CacheLayout.PRIVATE) != 0) {
      throw new RefusedInProbe();
    }
  }

  /** Reports what a path without records has found; returns where the program is to go on. */
  public static void report(Kind kind, long address, int header) {
    report(Misuse.of(kind, address, header, -1));
  }

  /** Event first, then the line, then the policy. Returns where the program is to go on. */
  static void report(Misuse misuse) {
    report(misuse, policy, false);
  }

  /** The same for what was found while a thread cache was used. */
  static void report(long cache, Misuse misuse) {
    // The line may go to a stream of the program, which may wait for a thread that wants the cache.
    report(misuse, policy, getInt(cache + CacheLayout.SHARED) != 0);
  }

  /**
   * The same for what is found while locks of ours are held, or where nobody would catch an
   * exception: it is told by {@link #tellWaiting}, and by {@link Sweep}'s thread soon.
   */
  static void tellLater(Misuse misuse) {
    CheckOptions.Policy now = policy;
    CheckOptions.Policy mild = now == CheckOptions.Policy.THROW ? CheckOptions.Policy.REPORT : now;
    later(() -> report(misuse, mild, false));
  }

  private static void later(Runnable telling) {
    WAITING.add(telling);
    Sweep.wake();
  }

  /** Tells what waits; for threads that hold no lock of ours. */
  public static void tellWaiting() {
    for (Runnable next = WAITING.poll(); next != null; next = WAITING.poll()) {
      next.run();
    }
  }

  private static void report(Misuse misuse, CheckOptions.Policy policy, boolean sayLater) {
    String path = FreePaths.live().path();
    Events.invalidFree(
        misuse.kind().eventName(),
        misuse.address(),
        misuse.header(),
        misuse.sizeClass(),
        misuse.requested(),
        path,
        misuse.allocatedAt(),
        misuse.freedAt());
    String message = misuse.message(path);
    switch (policy) {
      case THROW -> throw thrower.exception(misuse.kind(), message, misuse.address());
      case REPORT -> {
        if (sayLater) {
          later(() -> say(message));
        } else {
          say(message);
        }
      }
      case HALT -> halt(message);
    }
  }

  /** A program that goes on may misuse millions of blocks. */
  private static void say(String message) {
    long now = System.nanoTime();
    long began = SECOND_BEGAN.get();
    if (now - began >= SECOND && SECOND_BEGAN.compareAndSet(began, now)) {
      LINES.set(0);
    }
    if (LINES.incrementAndGet() > LINES_PER_SECOND) {
      UNSAID.incrementAndGet();
      return;
    }
    int unsaid = UNSAID.getAndSet(0);
    String before = unsaid == 0 ? "" : " (%d before it were not printed)".formatted(unsaid);
    System.err.println("hakmem: " + message.lines().findFirst().orElse("") + before);
  }

  private static void halt(String message) {
    System.err.println("hakmem: " + message);
    new Throwable("halted here").printStackTrace();
    Events.beforeHalt();
    Runtime.getRuntime().halt(CheckOptions.HALT_CODE);
  }
}
