package io.hakmem.agent.app;

import io.hakmem.Hakmem;
import io.hakmem.InvalidFreeException;

/** Frees a block twice and says whether the allocator minded. */
public final class DoubleFree {

  private DoubleFree() {}

  public static void main(String[] arguments) {
    long block = Hakmem.allocate(100);
    Hakmem.free(block);
    try {
      Hakmem.free(block);
      System.out.println("unnoticed");
    } catch (InvalidFreeException e) {
      System.out.println("caught: " + e.getMessage());
    }
  }
}
