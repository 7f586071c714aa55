package io.hakmem.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class PeakTest {

  @Test
  void givesThePeakBackAndSaysSo() throws InterruptedException {
    long before = Hakmem.statistics().inUse();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long[] values = {256 << 20, 1009};
    assertEquals(0, Peak.run(values, new PrintStream(out, true, UTF_8)), out::toString);
    String line = out.toString(UTF_8);
    assertTrue(line.startsWith("266041 blocks of 1009 bytes: "), line);
    assertTrue(line.strip().endsWith("back: holds"), line);
    assertEquals(before, Hakmem.statistics().inUse());
  }
}
