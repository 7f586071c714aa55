package io.hakmem.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class ManyThreadsTest {

  @Test
  void reportsBothKindsAndFreesEverything() throws InterruptedException {
    long before = Hakmem.statistics().inUse();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long[] values = {300};
    assertEquals(0, ManyThreads.run(values, new PrintStream(out, true, UTF_8)), out::toString);
    String[] lines = out.toString(UTF_8).split("\n", -1);
    assertTrue(lines[0].startsWith("300 platform threads in sequence: committed "), lines[0]);
    assertTrue(lines[1].startsWith("300 virtual threads in waves of 1000: committed "), lines[1]);
    assertTrue(lines[0].endsWith(": holds") && lines[1].endsWith(": holds"), out::toString);
    assertEquals(before, Hakmem.statistics().inUse());
  }

  @Test
  void growthBeyondTheCachesIsExceeded() {
    assertEquals(110 + 50, ManyThreads.most(100, 50));
  }
}
