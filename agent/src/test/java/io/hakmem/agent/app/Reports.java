package io.hakmem.agent.app;

import io.hakmem.Hakmem;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Answers each line of its input with the path that is live, after some work; ends with it. */
public final class Reports {

  private static final int BLOCKS = 10_000;

  private Reports() {}

  public static void main(String[] arguments) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      work();
      System.out.println(Hakmem.freePath());
    }
  }

  /** Blocks that are freed after a swap were allocated before it, and the other way round. */
  private static void work() {
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = Hakmem.allocate(1 + i % 1000);
    }
    for (long block : blocks) {
      Hakmem.free(block);
    }
  }
}
