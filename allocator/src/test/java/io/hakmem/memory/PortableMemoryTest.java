package io.hakmem.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.ChildJvm;
import io.hakmem.Cookie;
import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory without mmap. */
class PortableMemoryTest {

  private static final int SIZES = 3000;

  /** Uses tiny and large blocks on a platform that the allocator does not know. */
  static final class Program {
    public static void main(String[] arguments) throws InterruptedException {
      System.out.println(OsMemory.platform().getClass().getSimpleName());
      useBlocks();
      Thread other = new Thread(Program::useBlocks);
      other.start();
      other.join();
      Thread virtual = Thread.ofVirtual().start(Program::useBlocks);
      virtual.join();
      try {
        Hakmem.allocate(1L << 46);
      } catch (OutOfMemoryError e) {
        System.out.println("refused: " + e.getMessage());
      }
      useBlocks();
      long inUse = 0;
      for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
        inUse += Hakmem.counters(sizeClass).inUse();
      }
      System.out.println("in use " + inUse);
    }

    private static void useBlocks() {
      long[] blocks = new long[SIZES];
      for (int size = 0; size < SIZES; size++) {
        blocks[size] = Hakmem.allocate(size);
        Cookie.write(blocks[size], size, size);
      }
      long large = Hakmem.allocate(5_000_011);
      Cookie.write(large, 5_000_011, 1);
      for (int size = 0; size < SIZES; size++) {
        Cookie.verify(blocks[size], size, size);
        Hakmem.free(blocks[size]);
      }
      Cookie.verify(large, 5_000_011, 1);
      Hakmem.free(large);
    }
  }

  @Test
  void servesAPlatformThatIsNotKnown() throws Exception {
    ChildJvm.Result result = ChildJvm.run(Program.class, List.of("-Dos.name=Other"));
    assertEquals(0, result.exitCode(), result::output);
    assertTrue(result.output().contains("ArenaMemory"), result::output);
    assertTrue(
        result.output().contains("refused: 70368744177664 bytes were requested"), result::output);
    assertTrue(result.output().contains("in use 0"), result::output);
  }

  @Test
  void isZeroedAlignedAndReleasedOnce() {
    OsMemory memory = new ArenaMemory();
    assertFalse(memory.lazy());
    long address = memory.reserve(1 << 20, 1 << 16, "test");
    assertEquals(0, address % (1 << 16));
    for (long offset = 0; offset < 1 << 20; offset += 8) {
      assertEquals(0, RawMemory.getLong(address + offset));
    }
    memory.release(address, 1 << 20, "test");
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class, () -> memory.release(address, 1 << 20, "test"));
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(Long.toHexString(address)), message);
  }
}
