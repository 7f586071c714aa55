package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What the printed options show. */
class OptionsTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(java.util.function.Supplier<AllocatorOptions> options) {
    return Options.run(
        options,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @Test
  void everyOptionAndEveryClassIsShown() {
    assertEquals(0, run(() -> AllocatorOptions.defaults().withLimit(123_456_789)));
    String text = out.toString(StandardCharsets.UTF_8);
    for (AllocatorOptions.Option option : AllocatorOptions.OPTIONS) {
      assertTrue(text.contains(option.property() + " "), text);
      assertTrue(text.contains(option.environment() + " "), text);
    }
    assertTrue(text.contains("123456789"), text);
    assertEquals(
        AllocatorOptions.OPTIONS.size() + 1 + 1 + SizeClasses.COUNT + 1, text.lines().count());
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void aBadValueIsOneLineOnStderr() {
    assertEquals(2, run(() -> AllocatorOptions.defaults().withDecayMillis(-7)));
    assertEquals("", out.toString(StandardCharsets.UTF_8));
    String error = err.toString(StandardCharsets.UTF_8);
    assertEquals(1, error.lines().count());
    assertTrue(error.contains("hakmem.decay=-7"), error);
  }
}
