package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.memory.RawMemory;
import org.junit.jupiter.api.Test;

/** The probe tells the paths apart, and falls for none that only looks like one. */
class FreePathProbeTest {

  @Test
  void knowsEveryPath() {
    assertEquals(FreePaths.DIRECT, FreePathProbe.observe(DirectPush::push));
    assertEquals(FreePaths.GUARDED, FreePathProbe.observe(GuardedPush::push));
    assertEquals(FreePaths.CHECKED, FreePathProbe.observe(CheckedPush::push));
    assertEquals(FreePaths.CHECKED_SCAN, FreePathProbe.observe(CheckedScanPush::push));
  }

  @Test
  void aPathThatMarksButTakesABlockTwiceIsUnknown() {
    assertEquals(
        FreePaths.UNKNOWN,
        FreePathProbe.observe(
            (cache, sizeClass, base) -> {
              RawMemory.putByte(base, (byte) (LIVE_MAGIC + sizeClass));
              return GuardedPush.push(cache, sizeClass, base);
            }));
  }

  @Test
  void aPathThatMarksInAnotherWayIsUnknown() {
    assertEquals(
        FreePaths.UNKNOWN,
        FreePathProbe.observe(
            (cache, sizeClass, base) -> {
              boolean pushed = GuardedPush.push(cache, sizeClass, base);
              RawMemory.putByte(base, (byte) 0x11);
              return pushed;
            }));
  }

  @Test
  void aPathThatTakesNothingOrTooMuchIsUnknown() {
    assertEquals(FreePaths.UNKNOWN, FreePathProbe.observe((cache, sizeClass, base) -> false));
    assertEquals(FreePaths.UNKNOWN, FreePathProbe.observe((cache, sizeClass, base) -> true));
    assertEquals(
        FreePaths.UNKNOWN,
        FreePathProbe.observe(
            (cache, sizeClass, base) -> {
              DirectPush.push(cache, sizeClass, base);
              return true;
            }));
  }
}
