package io.hakmem.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PeakTest {

  private static final Pattern LINE =
      Pattern.compile(
          "266041 blocks of 1009 bytes: (\\d+) bytes before, (\\d+) at the peak,"
              + " (\\d+) one decay time after: ([0-9.]+) % back: (holds|does not hold)");

  @Test
  void reportsWhatIsBack() throws InterruptedException {
    long before = Hakmem.statistics().inUse();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long[] values = {256 << 20, 1009};
    int exit = Peak.run(values, new PrintStream(out, true, UTF_8));
    Matcher line = LINE.matcher(out.toString(UTF_8).strip());
    assertTrue(line.matches(), out::toString);
    long start = Long.parseLong(line.group(1));
    long peak = Long.parseLong(line.group(2));
    assertTrue(peak - start > 240 << 20, "a peak of 256 MiB that is touched: " + out);
    // This process does much else: how much is back is the allocator's tests' concern.
    double back = 100.0 * (peak - Long.parseLong(line.group(3))) / (peak - start);
    assertEquals(back, Double.parseDouble(line.group(4)), 0.051, out::toString);
    assertEquals(exit == Main.OK ? "holds" : "does not hold", line.group(5));
    assertEquals(before, Hakmem.statistics().inUse());
  }
}
