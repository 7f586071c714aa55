package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;

import io.hakmem.memory.RawMemory;
import io.hakmem.slab.BlockPoison;
import io.hakmem.slab.BlockRecords;
import io.hakmem.slab.LargeBlocks;
import io.hakmem.slab.Poison;
import io.hakmem.slab.SlabRegistry;
import io.hakmem.thread.InvalidFrees.Kind;
import io.hakmem.thread.InvalidFrees.Misuse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the checked path knows of blocks above the size classes. They are few and slow anyway, so
 * objects do. Thread-safe.
 *
 * <p>A freed one is held for a while, filled at its edges or whole, and goes back only then: a
 * write to a mapping that is gone would end the JVM.
 */
public final class CheckedLarge {

  /** Bytes behind what was asked for that are looked at: more would touch memory nobody uses. */
  private static final int SLACK_BYTES = 4096;

  /** Larger blocks are filled at their edges only. */
  private static final long MAX_FILLED_BYTES = 1L << 20;

  private static final int EDGE_BYTES = 4096;

  /** Held blocks together; the one that was freed last is held whatever its size. */
  private static final long MAX_HELD_BYTES = 16L << 20;

  private static final int MAX_FORGOTTEN = 1024;

  /** What became of a free. */
  public enum Outcome {
    /** Nothing is known of the block: it is to be freed as ever. */
    UNKNOWN,
    FREED,
    REFUSED
  }

  /** One block. */
  static final class Block {
    final long user;
    final long usable;
    final int owner;
    final int epoch;
    final LargeBlocks home;
    final int allocatedAt;
    final int allocatedBy = (int) Thread.currentThread().threadId();

    /** The address that the user has. */
    volatile long aligned;

    /** Bytes asked for, counted from {@code user}. */
    volatile long requested;

    volatile boolean exempt;
    volatile int freedAt;
    volatile int freedBy;
    private final AtomicInteger state = new AtomicInteger(BlockRecords.LIVE);

    Block(long user, long usable, long requested, int owner, int epoch, LargeBlocks home) {
      this.user = user;
      this.aligned = user;
      this.usable = usable;
      this.requested = requested;
      this.owner = owner;
      this.epoch = epoch;
      this.home = home;
      this.allocatedAt = Stacks.allocatedLarge();
    }

    int state() {
      return state.get();
    }

    boolean change(int from, int to) {
      return state.compareAndSet(from, to);
    }

    long slackEnd() {
      return user + Math.min(usable, requested + SLACK_BYTES);
    }

    /** Bytes asked for, counted from the address that the user has. */
    long userRequested() {
      return requested - (aligned - user);
    }

    Misuse misuse(Kind kind, long address, int header) {
      String details =
          "\n  block 0x%x of %d bytes, no class, %d requested"
              .formatted(user, usable, userRequested());
      String freed = freedBy == 0 ? "" : Diagnosis.by(freedBy, freedAt);
      return new Misuse(
          kind,
          address,
          header,
          -1,
          userRequested(),
          details,
          Diagnosis.by(allocatedBy, allocatedAt),
          freed);
    }
  }

  private static final Map<Long, Block> KNOWN = new ConcurrentHashMap<>();

  // Guarded by the class.
  private static final ArrayDeque<Block> HELD = new ArrayDeque<>();
  private static final LinkedHashMap<Long, Block> FORGOTTEN = new LinkedHashMap<>();
  private static long heldBytes;

  private CheckedLarge() {}

  /** Writes down a block that was just allocated. */
  public static void allocated(LargeBlocks home, int owner, long user, long requested) {
    int epoch = BlockRecords.epoch();
    if (epoch == 0) {
      return;
    }
    Block block = new Block(user, LargeBlocks.usableBytes(user), requested, owner, epoch, home);
    Poison.fill(user + requested, block.slackEnd());
    synchronized (CheckedLarge.class) {
      FORGOTTEN.remove(user);
    }
    KNOWN.put(user, block);
  }

  /** The block whose memory an address lies in, or that was there last; null if there is none. */
  static @Nullable Block at(long address) {
    long user = SlabRegistry.findLarge(address - HEADER_BYTES);
    Block block = KNOWN.get(user != 0 ? user : address);
    if (block != null && block.epoch == BlockRecords.epoch()) {
      return block;
    }
    synchronized (CheckedLarge.class) {
      return user != 0 ? null : FORGOTTEN.get(address);
    }
  }

  static void resized(long user, long aligned, long requested) {
    Block block = at(user);
    if (block != null && block.state() == BlockRecords.LIVE) {
      block.aligned = aligned;
      block.requested = aligned - user + requested;
      Poison.fill(user + block.requested, block.slackEnd());
    }
  }

  static void exempt(long user) {
    Block block = at(user);
    if (block != null) {
      block.exempt = true;
    }
  }

  static long requestedAt(long address) {
    Block block = at(address);
    return block != null && block.state() == BlockRecords.LIVE && address == block.aligned
        ? block.userRequested()
        : -1;
  }

  /** Whether the free of a block that says span or mapping is a good one. */
  static boolean admits(int owner, long address) {
    Block block = at(address);
    if (block == null) {
      // Handed out by another path.
      return SlabRegistry.findLarge(address - HEADER_BYTES) == address
          && SlabRegistry.findOwner(address) == owner;
    }
    return address == block.user && block.owner == owner && block.state() == BlockRecords.LIVE;
  }

  static boolean isAligned(long address) {
    long user = SlabRegistry.findLarge(address - HEADER_BYTES);
    Block block = at(address);
    if (user == 0 || RawMemory.getLong(address - 2 * Long.BYTES) != user) {
      return false;
    }
    return block == null || (address == block.aligned && block.state() == BlockRecords.LIVE);
  }

  /**
   * Frees a block that {@link CheckedBlocks#admits} let pass: reports an overrun, else holds it.
   */
  public static Outcome free(long user) {
    Block block = at(user);
    if (block == null || !BlockRecords.isTrue(block.epoch)) {
      KNOWN.remove(user);
      return Outcome.UNKNOWN;
    }
    if (!Poison.holds(user + block.requested, block.slackEnd())) {
      if (block.change(BlockRecords.LIVE, BlockRecords.LOST)) {
        InvalidFrees.report(block.misuse(Kind.OVERRUN, user, Diagnosis.headerAt(user - 1)));
      }
      return Outcome.REFUSED;
    }
    if (!block.change(BlockRecords.LIVE, BlockRecords.HELD)) {
      condemn(block);
      InvalidFrees.report(block.misuse(Kind.DOUBLE_FREE, user, Diagnosis.headerAt(user - 1)));
      return Outcome.REFUSED;
    }
    block.freedAt = Stacks.freedLarge();
    block.freedBy = (int) Thread.currentThread().threadId();
    edges(block, true);
    block.home.freed(user);
    hold(block);
    return Outcome.FREED;
  }

  /** Keeps a block that is to be reported from being used again, if one starts there. */
  static void condemn(long address) {
    Block block = at(address);
    if (block != null) {
      condemn(block);
    }
  }

  private static void condemn(Block block) {
    if (!block.change(BlockRecords.LIVE, BlockRecords.LOST)) {
      block.change(BlockRecords.HELD, BlockRecords.REPORTED);
    }
  }

  /** Fills, or looks at, what is poisoned of a block; true if it is as it was left. */
  private static boolean edges(Block block, boolean fill) {
    if (BlockPoison.isOff()) {
      return true;
    }
    long end = block.user + block.usable;
    boolean whole = BlockPoison.isAll() && block.usable <= MAX_FILLED_BYTES;
    long edge = whole ? block.usable : Math.min(block.usable, EDGE_BYTES);
    if (fill) {
      Poison.fill(block.user, block.user + edge);
      Poison.fill(end - edge, end);
      return true;
    }
    return Poison.holds(block.user, block.user + edge) && Poison.holds(end - edge, end);
  }

  private static void hold(Block block) {
    List<Block> released = new ArrayList<>();
    synchronized (CheckedLarge.class) {
      HELD.add(block);
      heldBytes += block.usable;
      while (heldBytes > MAX_HELD_BYTES && HELD.size() > 1) {
        released.add(takeFirst());
      }
    }
    released.forEach(CheckedLarge::release);
  }

  private static Block takeFirst() {
    Block first = HELD.remove();
    heldBytes -= first.usable;
    return first;
  }

  /** Gives all back that is held. */
  public static void drain() {
    while (true) {
      Block block;
      synchronized (CheckedLarge.class) {
        if (HELD.isEmpty()) {
          return;
        }
        block = takeFirst();
      }
      release(block);
    }
  }

  private static void release(Block block) {
    if (Closed.contains(block.owner)) {
      return;
    }
    boolean intact = edges(block, false);
    if (!intact && BlockRecords.isTrue(block.epoch)) {
      if (block.change(BlockRecords.HELD, BlockRecords.LOST)) {
        InvalidFrees.report(
            block.misuse(Kind.WRITE_AFTER_FREE, block.user, Diagnosis.headerAt(block.user - 1)));
      }
      return;
    }
    if (!block.change(BlockRecords.HELD, BlockRecords.FREE)) {
      // Reported since it was freed.
      return;
    }
    KNOWN.remove(block.user, block);
    synchronized (CheckedLarge.class) {
      FORGOTTEN.put(block.user, block);
      if (FORGOTTEN.size() > MAX_FORGOTTEN) {
        FORGOTTEN.pollFirstEntry();
      }
    }
    block.home.giveBack(block.user, RawMemory.getByte(block.user - HEADER_BYTES) & 0xFF);
  }

  /** Forgets the blocks of an allocator that is closed, except that there were some. */
  public static void close(int owner) {
    synchronized (CheckedLarge.class) {
      for (Block block : List.copyOf(KNOWN.values())) {
        if (block.owner == owner && KNOWN.remove(block.user, block)) {
          FORGOTTEN.put(block.user, block);
        }
      }
      HELD.removeIf(
          block -> {
            heldBytes -= block.owner == owner ? block.usable : 0;
            return block.owner == owner;
          });
    }
  }

  /** Blocks that are live in this epoch. */
  static List<Block> live() {
    int epoch = BlockRecords.epoch();
    return KNOWN.values().stream()
        .filter(block -> block.epoch == epoch && block.state() == BlockRecords.LIVE)
        .toList();
  }
}
