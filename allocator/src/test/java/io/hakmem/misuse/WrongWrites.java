package io.hakmem.misuse;

import static io.hakmem.misuse.Misuses.MAPPED;
import static io.hakmem.misuse.Misuses.MEDIUM;
import static io.hakmem.misuse.Misuses.SPAN;
import static io.hakmem.misuse.Misuses.TINY;
import static io.hakmem.misuse.Misuses.add;
import static io.hakmem.misuse.Misuses.alignedHere;
import static io.hakmem.misuse.Misuses.allocateHere;
import static io.hakmem.misuse.Misuses.allocateUntilCaught;
import static io.hakmem.misuse.Misuses.freeHere;
import static io.hakmem.misuse.Misuses.segmentHere;
import static io.hakmem.misuse.Misuses.trimUntilCaught;
import static io.hakmem.misuse.Misuses.wrongFree;
import static io.hakmem.misuse.Misuses.zeroedHere;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import java.lang.foreign.MemorySegment;

/** Programs that write where they must not. */
final class WrongWrites {

  private WrongWrites() {}

  static void addTo() {
    addOverruns();
    addWritesAfterFree();
    addWritesBehindSegments();
  }

  private static void addOverruns() {
    int[] sizes = {TINY - 7, MEDIUM, SPAN, MAPPED};
    String[] names = {"tiny", "medium", "span", "mapped"};
    for (int i = 0; i < sizes.length; i++) {
      int size = sizes[i];
      add(
          "one byte too many " + names[i],
          "overrun",
          () -> {
            long block = allocateHere(size);
            RawMemory.putByte(block + size, (byte) 1);
            wrongFree(block);
          });
    }
    add(
        "a string with its zero",
        "overrun",
        () -> {
          long block = allocateHere(5);
          MemorySegment text = RawMemory.segment(block, 6);
          text.setString(0, "hello");
          wrongFree(block);
        });
    add(
        "a loop one round too long",
        "overrun",
        () -> {
          long block = allocateHere(1200);
          RawMemory.fill(block, 1208, (byte) 7);
          wrongFree(block);
        });
    add(
        "overrun of an aligned block",
        "overrun",
        () -> {
          long block = alignedHere(70, 128);
          RawMemory.putByte(block + 70, (byte) 0);
          wrongFree(block);
        });
    add(
        "overrun of zeroed memory",
        "overrun",
        () -> {
          long block = zeroedHere(3);
          RawMemory.putByte(block + 3, (byte) 0);
          wrongFree(block);
        });
    add(
        "overrun after shrinking in place",
        "overrun",
        () -> {
          long block = Hakmem.reallocate(allocateHere(100), 97);
          RawMemory.putByte(block + 97, (byte) 0);
          wrongFree(block);
        });
    add(
        "header overwritten",
        "headerDamaged",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block - 1, (byte) 0x33);
          wrongFree(block);
        });
    add(
        "header of another class",
        "headerDamaged",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block - 1, (byte) 0xA2);
          wrongFree(block);
        });
    add(
        "header of a span overwritten",
        "headerDamaged",
        () -> {
          long block = allocateHere(SPAN);
          RawMemory.putByte(block - 1, (byte) 0);
          wrongFree(block);
        });
    add(
        "overrun into the next block's header",
        "headerDamaged",
        () -> {
          long[] blocks = new long[3];
          for (int i = 0; i < 3; i++) {
            blocks[i] = allocateHere(1087);
          }
          RawMemory.putByte(blocks[1] - 1, (byte) 0);
          wrongFree(blocks[1]);
        });
  }

  private static void addWritesAfterFree() {
    for (int offset : new int[] {0, 8, 40, 90}) {
      add(
          "write after free at byte " + offset,
          "writeAfterFree",
          () -> {
            long block = allocateHere(91);
            freeHere(block);
            RawMemory.putByte(block + offset, (byte) 1);
            allocateUntilCaught(91);
          });
    }
    add(
        "write after free, medium",
        "writeAfterFree",
        () -> {
          long block = allocateHere(MEDIUM);
          freeHere(block);
          RawMemory.putLong(block + 2000, 1);
          allocateUntilCaught(MEDIUM);
        });
    add(
        "write after free, span",
        "writeAfterFree",
        () -> {
          long block = allocateHere(SPAN);
          freeHere(block);
          RawMemory.putLong(block + 16, 1);
          trimUntilCaught();
        });
    add(
        "write after free, mapped",
        "writeAfterFree",
        () -> {
          long block = allocateHere(MAPPED);
          freeHere(block);
          RawMemory.putLong(block, 1);
          trimUntilCaught();
        });
    add(
        "zeroed after free",
        "writeAfterFree",
        () -> {
          long block = allocateHere(200);
          freeHere(block);
          RawMemory.fill(block, 200, (byte) 0);
          allocateUntilCaught(200);
        });
    add(
        "link overwritten in the central list",
        "writeAfterFree",
        () -> {
          long[] blocks = new long[300];
          for (int i = 0; i < blocks.length; i++) {
            blocks[i] = allocateHere(333);
          }
          for (int i = 0; i < blocks.length; i++) {
            if (i % 20 != 0) {
              // The others keep the slabs from going back.
              freeHere(blocks[i]);
            }
          }
          Hakmem.flushThreadCache();
          for (int i = 100; i < 110; i++) {
            RawMemory.putLong(blocks[i], 0x1234_5678_9ABCL);
          }
          Hakmem.trim();
          allocateUntilCaught(333);
        });
    add(
        "a cycle of free blocks",
        "writeAfterFree",
        () -> {
          long first = allocateHere(444);
          long second = allocateHere(444);
          freeHere(first);
          freeHere(second);
          RawMemory.putLong(first, second - 1);
          allocateUntilCaught(444);
        });
    add(
        "header of a free block overwritten",
        "headerDamaged",
        () -> {
          long block = allocateHere(555);
          freeHere(block);
          RawMemory.putByte(block - 1, (byte) 0xA0);
          allocateUntilCaught(555);
        });
  }

  private static void addWritesBehindSegments() {
    add(
        "segment written behind its end by address",
        "overrun",
        () -> {
          MemorySegment segment = segmentHere(37);
          RawMemory.segment(segment.address(), 40).set(JAVA_BYTE, 38, (byte) 9);
          wrongFree(segment);
        });
    add(
        "long written at the last byte",
        "overrun",
        () -> {
          MemorySegment segment = RawMemory.segment(allocateHere(65), 80);
          segment.set(JAVA_LONG.withByteAlignment(1), 64, -1L);
          wrongFree(segment);
        });
  }
}
