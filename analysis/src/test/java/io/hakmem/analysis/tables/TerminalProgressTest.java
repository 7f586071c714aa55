package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalProgressTest {

  private static final long SECOND = 1_000_000_000L;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final TerminalProgress progress =
      new TerminalProgress(new PrintStream(bytes, true, StandardCharsets.UTF_8), 0);

  private String shown() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void showsEventsAndTimeLeft() {
    progress.start(1000);
    progress.next(100);
    progress.show(150, 12_345, SECOND);
    assertTrue(shown().endsWith(" 25 %, 12,345 events, 3 s left"), shown());
  }

  @Test
  void guessesNoTimeInTheFirstSecond() {
    progress.start(1000);
    progress.show(10, 12_345, SECOND / 2);
    assertTrue(shown().endsWith("  1 %, 12,345 events"), shown());
  }

  @Test
  void saysLittleAndCleansUp() {
    progress.start(1000);
    progress.show(1, 1, 1);
    assertEquals("", shown());
    progress.done();
    assertEquals("", shown());
    progress.show(500, 1, SECOND);
    progress.done();
    assertTrue(shown().endsWith("\r\033[K"), shown());
  }
}
