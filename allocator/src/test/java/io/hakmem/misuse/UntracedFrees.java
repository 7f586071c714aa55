package io.hakmem.misuse;

import static io.hakmem.misuse.Misuses.MAPPED;
import static io.hakmem.misuse.Misuses.MEDIUM;
import static io.hakmem.misuse.Misuses.SPAN;
import static io.hakmem.misuse.Misuses.TINY;

import io.hakmem.Hakmem;
import io.hakmem.InvalidFreeException;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.io.IOException;
import java.nio.file.Path;
import jdk.jfr.Recording;

/** Frees that the path refuses, among operations that it performs, while all is traced. */
public final class UntracedFrees {

  /** Where, from the user's address, an aligned block says which block it lies in. */
  private static final int ALIGNED_BLOCK = -16;

  private final boolean checked;
  private int performed;
  private int largeFrees;
  private int refused;

  private UntracedFrees(boolean checked) {
    this.checked = checked;
  }

  private long allocate(long size) {
    performed++;
    return Hakmem.allocate(size);
  }

  private long allocateAligned(long size) {
    performed++;
    return Hakmem.allocateAligned(size, 256);
  }

  private void free(long block) {
    largeFrees += Hakmem.usableSize(block) > SizeClasses.MAX_CLASS_BYTES ? 1 : 0;
    Hakmem.free(block);
    performed++;
  }

  private void freeInVain(long block) {
    refused++;
    try {
      Hakmem.free(block);
    } catch (InvalidFreeException e) {
      // As the policy says.
    }
  }

  private void overrun(long block, long size) {
    RawMemory.putByte(block + size, (byte) 1);
    if (checked) {
      freeInVain(block);
    } else {
      free(block);
    }
  }

  /** The first that the thread does is a free that is refused. */
  private void work(long overrunBefore) {
    overrun(overrunBefore, TINY);
    if (checked) {
      freeInVain(4096);
    }
    for (int round = 0; round < 3; round++) {
      for (int size : new int[] {TINY, MEDIUM, SPAN, MAPPED}) {
        long block = allocate(size);
        free(block);
        if (checked || size <= MEDIUM) {
          // Elsewhere the block's memory may be gone.
          freeInVain(block);
        }
        free(allocate(size));
        overrun(allocate(size), size);
      }
    }
    long twice = allocateAligned(100);
    free(twice);
    freeInVain(twice);
    long aligned = allocateAligned(2000);
    System.out.println("aligned: " + RawMemory.getLong(aligned + ALIGNED_BLOCK));
    overrun(aligned, 2000);
    // Whatever was left out, what follows is in it.
    free(allocate(TINY));
  }

  /** The recording's file, and whether the path finds overruns. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    UntracedFrees frees = new UntracedFrees(Boolean.parseBoolean(arguments[1]));
    long block = Hakmem.allocate(TINY);
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem.OperationTrace");
      recording.enable("io.hakmem.InvalidFree");
      recording.enable("io.hakmem.SlowPathFallback");
      recording.start();
      Thread thread = Thread.ofPlatform().start(() -> frees.work(block));
      thread.join();
      recording.stop();
      recording.dump(Path.of(arguments[0]));
    }
    System.out.println("performed: " + frees.performed);
    System.out.println("refused: " + frees.refused);
    System.out.println("large: " + frees.largeFrees);
  }
}
