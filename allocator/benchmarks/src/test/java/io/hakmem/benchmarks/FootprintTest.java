package io.hakmem.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Allocator;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.memory.RawMemory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FootprintTest {

  @Test
  void printsWhatTheLiveBlocksCost() throws InterruptedException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    long[] values = {2000, 100_000};
    assertEquals(0, Footprint.run(values, new PrintStream(out, true, UTF_8)));
    Map<String, Long> bytes = new TreeMap<>();
    for (String line : out.toString(UTF_8).lines().toList()) {
      if (line.contains(" bytes ")) {
        bytes.put(line.substring(0, 17).strip(), Long.parseLong(line.substring(18, 30).strip()));
      }
    }
    long live = bytes.getOrDefault("live", 0L);
    // About half of the slots are full, with 528 bytes each.
    assertTrue(live > 2000 / 3 * 500 && live < 2000 * 2 / 3 * 560, out::toString);
    assertTrue(bytes.getOrDefault("in use", 0L) > live, out::toString);
    assertTrue(
        bytes.getOrDefault("committed", 0L)
            >= bytes.getOrDefault("in use", 0L) + bytes.getOrDefault("cached by threads", 0L),
        out::toString);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void residentBytesAreThoseThatWereWritten() throws InterruptedException {
    try (Allocator allocator = new Allocator(AllocatorOptions.defaults().withLimit(1L << 30))) {
      int size = 64 << 20;
      long block = allocator.allocate(size);
      long[] addresses = {block};
      long before = ResidentMemory.read().bytesAround(addresses);
      RawMemory.fill(block, size / 2, (byte) 1);
      ResidentMemory after = ResidentMemory.read();
      long grown = after.bytesAround(addresses) - before;
      // Huge pages may be larger than what was written, and a mapping merges with its neighbours,
      // whose memory may be going back at this moment.
      assertTrue(grown >= size / 4 && grown <= size * 3 / 4, grown + " bytes");
      assertTrue(after.processBytes() > grown);
      assertTrue(after.isKnown());
    }
  }

  @Test
  void mappingsCountThatHoldAnAddress() {
    ResidentMemory memory =
        ResidentMemory.parse(
            List.of(
                "1000-3000 rw-p 00000000 00:00 0 ",
                "Size:                  8 kB",
                "Rss:                   4 kB",
                "3000-5000 rw-p 00000000 00:00 0 [heap]",
                "Rss:                   8 kB",
                "7fff00000000-7fff00001000 r-xp 00000000 08:01 42 /lib/x.so",
                "Rss:                  16 kB"));
    assertEquals(28 * 1024, memory.processBytes());
    assertEquals(4 * 1024, memory.bytesAround(new long[] {0x2FFF}));
    assertEquals(8 * 1024, memory.bytesAround(new long[] {0x3000, 0x3001}));
    assertEquals(24 * 1024, memory.bytesAround(new long[] {0x3000, 0x7fff00000800L}));
    assertEquals(0, memory.bytesAround(new long[] {0x0FFF, 0x5000, 0x7fff00001000L}));
    assertEquals(0, memory.bytesAround(new long[0]));
  }
}
