package io.hakmem.benchmarks.model;

import io.hakmem.ThreadCache;
import io.hakmem.benchmarks.model.Holding.Block;
import io.hakmem.benchmarks.model.Holding.OpenArena;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One thread's random operations and its model. It stops at the first mismatch of any thread, since
 * memory is not to be trusted after that.
 */
final class Worker implements Runnable {

  /** Operations between changes from growing to shrinking. */
  private static final int PHASE_SHIFT = 14;

  private static final int PARK_EVERY = 1000;
  private static final int MAX_EXCHANGED_BYTES = 16 * 1024;

  private final long operations;
  private final long budgetBytes;
  private final SplittableRandom random;
  private final List<Api> apis;
  private final AtomicReferenceArray<@Nullable Holding> exchange;
  private final Findings findings;

  private final List<ThreadCache> handles = new ArrayList<>();
  private final List<Holding> live = new ArrayList<>();
  private final List<Tally> tallies = new ArrayList<>();
  private long liveBytes;

  Worker(
      long operations,
      long budgetBytes,
      SplittableRandom random,
      List<Api> apis,
      AtomicReferenceArray<@Nullable Holding> exchange,
      Findings findings) {
    this.operations = operations;
    this.budgetBytes = budgetBytes;
    this.random = random;
    this.apis = apis;
    this.exchange = exchange;
    this.findings = findings;
    apis.forEach(api -> tallies.add(new Tally()));
  }

  @Override
  public void run() {
    boolean virtual = Thread.currentThread().isVirtual();
    long done = 0;
    try {
      if (!virtual) {
        apis.forEach(api -> handles.add(api.threadCache()));
      }
      for (; done < operations && findings.count() == 0; done++) {
        step((done >> PHASE_SHIFT) % 2 == 0);
        if (virtual && done % PARK_EVERY == 0) {
          // Leaves its carrier, as a thread that waits for something would.
          LockSupport.parkNanos(1);
        }
      }
      while (!live.isEmpty() && findings.count() == 0) {
        free(remove(live.size() - 1));
      }
    } catch (RuntimeException | Error e) {
      findings.add("operation %d of %s: %s".formatted(done, Thread.currentThread(), e));
    }
  }

  /** What it counted for an allocator; to be read when the thread has ended. */
  Tally tally(int owner) {
    return tallies.get(owner);
  }

  private void step(boolean grows) {
    int kind = random.nextInt(10_000);
    if (kind < 10) {
      flush();
    } else if (kind < 300) {
      useConfinedArena();
    } else if (kind < 310) {
      add(openSharedArena());
    } else if (kind < 800) {
      swap();
    } else if (kind < 2500 && !live.isEmpty()) {
      reallocateOrAsk(random.nextInt(live.size()));
    } else {
      boolean allocate = liveBytes < budgetBytes && random.nextInt(100) < (grows ? 65 : 35);
      if (allocate || live.isEmpty()) {
        add(allocate());
      } else {
        free(remove(random.nextInt(live.size())));
      }
    }
  }

  private void add(Holding holding) {
    live.add(holding);
    liveBytes += holding.bytes();
  }

  /** The last one takes the place of the one that goes. */
  private Holding remove(int index) {
    Holding removed = live.get(index);
    Holding last = live.removeLast();
    if (index < live.size()) {
      live.set(index, last);
    }
    liveBytes -= removed.bytes();
    return removed;
  }

  /** One in eight goes to the last allocator. */
  private int owner() {
    return random.nextInt(8) == 0 ? apis.size() - 1 : 0;
  }

  private void flush() {
    int owner = owner();
    if (random.nextInt(50) == 0) {
      apis.get(owner).trim();
    } else if (!handles.isEmpty() && random.nextBoolean()) {
      handles.get(owner).flush();
    } else {
      apis.get(owner).flushThreadCache();
    }
  }

  /** Gives a block to whoever comes next, and takes what somebody left. */
  private void swap() {
    Holding given = null;
    if (!live.isEmpty()) {
      int index = random.nextInt(live.size());
      given = live.get(index).bytes() <= MAX_EXCHANGED_BYTES ? remove(index) : null;
    }
    Holding taken = exchange.getAndSet(random.nextInt(exchange.length()), given);
    if (taken != null) {
      add(taken);
    }
  }

  private Block allocate() {
    int owner = owner();
    int size = Sizes.any(random);
    return switch (random.nextInt(8)) {
      case 0 -> aligned(owner, size, 1L << random.nextInt(13));
      case 1 -> zeroed(owner, size);
      case 2 -> ofSegment(owner, apis.get(owner).allocateSegment(size), 1);
      case 3 -> bySegmentAllocator(owner, size, 1L << random.nextInt(8));
      case 4 -> ofBuffer(owner, apis.get(owner).allocateBuffer(size));
      case 5 -> plain(owner, byHandle(owner, size), size);
      default -> plain(owner, apis.get(owner).allocate(size), size);
    };
  }

  private Block plain(int owner, long address, int size) {
    return fill(Block.plain(owner, address, size, size, random.nextLong()), 1);
  }

  private long byHandle(int owner, int size) {
    return handles.isEmpty() ? apis.get(owner).allocate(size) : handles.get(owner).allocate(size);
  }

  private Block aligned(int owner, int size, long alignment) {
    long address = apis.get(owner).allocateAligned(size, alignment);
    long cookie = random.nextLong();
    return fill(Block.plain(owner, address, size, served(size, alignment), cookie), alignment);
  }

  private Block zeroed(int owner, int size) {
    long address = apis.get(owner).allocateZeroed(size);
    findings.addUnlessEmpty(Content.verifyZero(address, size));
    return plain(owner, address, size);
  }

  private Block bySegmentAllocator(int owner, int size, long alignment) {
    MemorySegment segment = apis.get(owner).segmentAllocator().allocate(size, alignment);
    return ofSegment(owner, segment, alignment);
  }

  private Block ofSegment(int owner, MemorySegment segment, long alignment) {
    long size = segment.byteSize();
    return fill(
        new Block(
            owner,
            segment.address(),
            size,
            served(size, alignment),
            random.nextLong(),
            false,
            api -> api.free(segment)),
        alignment);
  }

  private Block ofBuffer(int owner, ByteBuffer buffer) {
    int size = buffer.capacity();
    long address = MemorySegment.ofBuffer(buffer).address();
    findings.addUnlessEmpty(Content.verifyZero(address, size));
    long cookie = random.nextLong();
    return fill(new Block(owner, address, size, size, cookie, false, api -> api.free(buffer)), 1);
  }

  private static long served(long size, long alignment) {
    return alignment <= 16 ? size : size + alignment - 16;
  }

  private Block fill(Block block, long alignment) {
    tallies.get(block.owner()).allocated(block.bytes());
    if ((block.address() & (Math.max(16, alignment) - 1)) != 0) {
      findings.add("0x%x is not aligned to %d".formatted(block.address(), alignment));
    }
    findings.expectAtMost(
        "usable size", block.size(), apis.get(block.owner()).usableSize(block.address()));
    Content.write(block.address(), block.size(), block.cookie());
    return block;
  }

  /** Verifies the content and gives it back. */
  void free(Holding holding) {
    findings.addUnlessEmpty(holding.verify());
    if (findings.count() > 0) {
      return;
    }
    Tally tally = tallies.get(holding.owner());
    if (holding instanceof OpenArena open) {
      open.arena().close();
      open.served().forEach(tally::freed);
    } else if (holding instanceof Block block) {
      give(block);
      tally.freed(block.bytes());
    }
  }

  private void give(Block block) {
    Api api = apis.get(block.owner());
    int way = block.plain() ? random.nextInt(3) : 0;
    if (way == 2 && !handles.isEmpty()) {
      handles.get(block.owner()).free(block.address());
    } else if (way == 1) {
      api.free(block.address(), block.size());
    } else {
      block.back().to(api);
    }
  }

  private void reallocateOrAsk(int index) {
    if (!(live.get(index) instanceof Block block)) {
      return;
    }
    Api api = apis.get(block.owner());
    if (random.nextBoolean()) {
      findings.expectAtMost("usable size", block.size(), api.usableSize(block.address()));
      return;
    }
    findings.addUnlessEmpty(block.verify());
    if (findings.count() == 0) {
      remove(index);
      add(reallocate(api, block));
    }
  }

  /** Whether it moved is what tells which classes it went through. */
  private Block reallocate(Api api, Block block) {
    int size =
        random.nextBoolean()
            ? Sizes.any(random)
            : (int) (block.size() / 2 + random.nextLong(block.size() + 1));
    long address = api.reallocate(block.address(), size);
    String damage = Content.verifyKept(address, block.size(), size, block.cookie());
    findings.addUnlessEmpty(damage.isEmpty() ? "" : "reallocated " + damage);
    Tally tally = tallies.get(block.owner());
    boolean moved = address != block.address();
    if (moved) {
      tally.freed(block.bytes());
      tally.allocated(size);
    }
    long served = moved ? size : block.bytes();
    Block now = Block.plain(block.owner(), address, size, served, random.nextLong());
    findings.expectAtMost("usable size", size, api.usableSize(address));
    Content.write(address, size, now.cookie());
    return now;
  }

  private void useConfinedArena() {
    int owner = owner();
    free(fill(OpenArena.of(owner, apis.get(owner).confinedArena())));
  }

  private OpenArena openSharedArena() {
    int owner = owner();
    return fill(OpenArena.of(owner, apis.get(owner).sharedArena()));
  }

  private OpenArena fill(OpenArena open) {
    Arena arena = open.arena();
    for (int i = random.nextInt(5); i >= 0; i--) {
      int size = Sizes.ofClass(random);
      long alignment = 1L << random.nextInt(8);
      MemorySegment segment = arena.allocate(size, alignment);
      long bytes = size + Math.max(16, alignment);
      tallies.get(open.owner()).allocated(bytes);
      open.served().add(bytes);
      open.segments().add(segment);
      findings.expect("size of a segment", size, segment.byteSize());
      findings.expect("misalignment of a segment", 0, segment.address() & (alignment - 1));
      findings.addUnlessEmpty(Content.verifyZero(segment.address(), size));
      Content.write(segment.address(), size, segment.address());
    }
    return open;
  }
}
