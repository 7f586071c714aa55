package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.hakmem.Cookie;
import io.hakmem.Hakmem;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** Two platform threads whose ids differ by a multiple of the table's length. */
class TakenPlaceTest {

  private static long cacheAfterUse() {
    long[] blocks = new long[3000];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(i % 500);
      Cookie.write(blocks[i], i % 500, i);
    }
    for (int i = 0; i < blocks.length; i++) {
      Cookie.verify(blocks[i], i % 500, i);
      Hakmem.free(blocks[i]);
    }
    return Internals.caches().current();
  }

  /** A thread that has the place of {@code id}; threads that never start use ids up, too. */
  private static Thread colliding(long id, Runnable task) {
    long mask = Internals.caches().indexMask();
    while (true) {
      Thread thread = Thread.ofPlatform().unstarted(task);
      if ((thread.threadId() & mask) == (id & mask)) {
        return thread;
      }
    }
  }

  @Test
  void aLivingThreadKeepsItsPlaceAndADeadOneLosesIt() throws Exception {
    Balance balance = Balance.now();
    CountDownLatch used = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    FutureTask<Long> first =
        new FutureTask<>(
            () -> {
              cacheAfterUse();
              used.countDown();
              end.await();
              return cacheAfterUse();
            });
    Thread owner = Thread.ofPlatform().start(first);
    used.await();

    FutureTask<Long> second = new FutureTask<>(TakenPlaceTest::cacheAfterUse);
    Thread newcomer = colliding(owner.threadId(), second);
    newcomer.start();
    assertEquals(0, second.get(), "the place is taken");

    end.countDown();
    assertNotEquals(0, first.get(), "the owner keeps its cache");
    owner.join();
    newcomer.join();

    FutureTask<Long> third = new FutureTask<>(TakenPlaceTest::cacheAfterUse);
    Thread heir = colliding(owner.threadId(), third);
    heir.start();
    assertEquals(first.get(), third.get(), "the dead owner's place is free again");
    heir.join();
    balance.assertAllReturned();
  }
}
