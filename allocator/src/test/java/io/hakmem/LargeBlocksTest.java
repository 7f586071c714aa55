package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hakmem.config.BlockLayout;
import io.hakmem.memory.RawMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeBlocksTest {

  private static final Path MAPS = Path.of("/proc/self/maps");

  /** Whether the kernel knows a mapping at the address. */
  private static boolean isMapped(long address) throws IOException {
    for (String line : Files.readAllLines(MAPS)) {
      int dash = line.indexOf('-');
      int space = line.indexOf(' ');
      long start = Long.parseUnsignedLong(line, 0, dash, 16);
      long end = Long.parseUnsignedLong(line, dash + 1, space, 16);
      if (Long.compareUnsigned(start, address) <= 0 && Long.compareUnsigned(address, end) < 0) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(
      longs = {99_391, 99_392, 131_072, 1_048_447, 1_048_448, 1_048_449, 1 << 20, 16 << 20})
  void areAlignedAndWholeToTheirLastUsableByte(long size) {
    long block = Hakmem.allocate(size);
    assertEquals(0, block % 16);
    long usable = Hakmem.usableSize(block);
    assertTrue(usable >= size, "usable " + usable);
    Cookie.write(block, usable, size);
    Cookie.verify(block, usable, size);
    Hakmem.free(block);
  }

  /**
   * Every size up to 3 MiB in small odd steps, and both sides of where a block needs a slab more.
   */
  @Test
  void wasteAtMostAQuarter() {
    for (long size = 99_392; size < 3 << 20; size += 509) {
      assertWastesAtMostAQuarter(size);
    }
    for (long slabs = 2; slabs <= 17; slabs++) {
      for (long size = (slabs << 16) - 130; size <= (slabs << 16) + 2; size++) {
        assertWastesAtMostAQuarter(size);
      }
    }
  }

  private static void assertWastesAtMostAQuarter(long size) {
    long block = Hakmem.allocate(size);
    long whole = Hakmem.usableSize(block) + BlockLayout.PREFIX_BYTES;
    Hakmem.free(block);
    assertTrue(whole - size <= whole / 4, () -> size + " bytes take " + whole);
  }

  @ParameterizedTest
  @ValueSource(longs = {2 << 20, 64 << 20, 1 << 30})
  void goBackToTheOperatingSystem(long size) throws IOException {
    assumeTrue(Files.isReadable(MAPS));
    long block = Hakmem.allocate(size);
    for (long offset = 0; offset < size; offset += size / 4) {
      Cookie.write(block + offset, 4096, offset);
    }
    assertTrue(isMapped(block) && isMapped(block + size / 2) && isMapped(block + size - 1));
    Hakmem.free(block);
    assertFalse(isMapped(block + size / 2));
  }

  @Test
  void costOnlyWhatIsTouched() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    assumeTrue(Files.isReadable(statm));
    long size = 1L << 30;
    long before = residentPages(statm);
    long block = Hakmem.allocate(size);
    RawMemory.putByte(block + size / 2, (byte) 1);
    long pages = residentPages(statm) - before;
    Hakmem.free(block);
    assertTrue(pages < size / 4096 / 2, pages + " pages came in");
  }

  private static long residentPages(Path statm) throws IOException {
    return Long.parseLong(Files.readString(statm).split(" ", -1)[1]);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 1087, 1088, 99_391, 99_392, 1_048_448, 1_048_449, 5_000_011})
  void areZeroedOnDemandWhateverWasThereBefore(long size) {
    for (int round = 0; round < 3; round++) {
      long block = Hakmem.allocateZeroed(size);
      for (long offset = 0; offset < size; offset++) {
        assertEquals(0, RawMemory.getByte(block + offset), "offset " + offset);
      }
      Cookie.write(block, Hakmem.usableSize(block), size);
      Hakmem.free(block);
    }
  }

  @Test
  void manyLiveOnesDoNotOverlap() {
    long[] blocks = new long[300];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(size(i));
      Cookie.write(blocks[i], size(i), i);
    }
    for (int i = 0; i < blocks.length; i++) {
      Cookie.verify(blocks[i], size(i), i);
      Hakmem.free(blocks[i]);
    }
  }

  private static long size(int i) {
    return 90_000 + i * 4001L;
  }
}
