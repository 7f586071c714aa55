package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.central.CentralStore;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import io.hakmem.slab.Footprint;
import io.hakmem.slab.Segments;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The countdowns to the next samples, on a private cache. */
class SamplingTest {

  private static final int CLASS = 15;

  private static final CentralStore STORE =
      new CentralStore(new Segments(new Footprint(Long.MAX_VALUE)), -1);

  private final Recording recording = new Recording();
  private final PrivateCache memory = new PrivateCache(CLASS);
  private final long cache = memory.cache();
  private final CacheSlow slow = new CacheSlow(STORE, 1 << 22);

  @BeforeEach
  void record() {
    recording.enable("io.hakmem.FastPathHit").with("interval", "1000000");
    recording.start();
    long first = slow.allocateSlow(cache, CLASS, 1009);
    slow.freeSlow(cache, CLASS, first - 1);
  }

  @AfterEach
  void stop() {
    CacheInvariants.check(cache);
    recording.close();
    memory.close();
  }

  private int allocatesToSample() {
    Accounts.settle(cache, CLASS);
    return RawMemory.getInt(CacheLayout.cold(cache, CLASS) + CacheLayout.ALLOCATES_TO_SAMPLE);
  }

  private int freesToSample() {
    Accounts.settle(cache, CLASS);
    return RawMemory.getInt(CacheLayout.cold(cache, CLASS) + CacheLayout.FREES_TO_SAMPLE);
  }

  @Test
  void aHitCountsDown() {
    int allocates = allocatesToSample();
    int frees = freesToSample();
    assertTrue(allocates > 10 && frees > 10, "gaps of " + allocates + " and " + frees);
    long user = slow.allocateSlow(cache, CLASS, 1009);
    assertEquals(allocates - 1, allocatesToSample());
    slow.freeSlow(cache, CLASS, user - 1);
    assertEquals(frees - 1, freesToSample());
  }

  @Test
  void aRefillDoesNotCountDown() {
    int allocates = allocatesToSample();
    slow.flush(cache);
    slow.allocateSlow(cache, CLASS, 1009);
    assertEquals(allocates, allocatesToSample());
  }

  @Test
  void aSpillDoesNotCountDown() {
    long[] blocks = new long[2 * SizeClasses.maxCapacity(CLASS)];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = slow.allocateSlow(cache, CLASS, 1009);
    }
    int frees = freesToSample();
    long rejections = Accounts.read(cache, CLASS).rejections();
    for (long user : blocks) {
      slow.freeSlow(cache, CLASS, user - 1);
    }
    long hits = blocks.length - (Accounts.read(cache, CLASS).rejections() - rejections);
    assertTrue(hits < blocks.length, "no spill");
    assertEquals(frees - hits, freesToSample());
  }
}
