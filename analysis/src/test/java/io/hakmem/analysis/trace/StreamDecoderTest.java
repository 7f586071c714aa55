package io.hakmem.analysis.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** The encoding by hand: two classes, of strides 16 and 64. */
class StreamDecoderTest {

  private static final int[] LAYOUT = {2, 2, 1, 0, 4, 0};

  private final List<Operation> decoded = new ArrayList<>();

  private static Packet packet(int operations, int... records) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int value : LAYOUT) {
      bytes.write(value);
    }
    for (int value : records) {
      bytes.write(value);
    }
    byte[] data = bytes.toByteArray();
    CRC32C sum = new CRC32C();
    sum.update(data);
    return new Packet(2, 9, 77, "main", 0, operations, 0, 0, 0, 1000, sum.getValue(), data);
  }

  private void decode(Packet packet) throws TraceException {
    StreamDecoder decoder = new StreamDecoder(9, 0, decoded::add);
    try {
      decoder.decode(packet);
    } finally {
      decoder.end();
    }
  }

  @Test
  void anAllocateAndItsFree() throws Exception {
    // Class 0 at unit 1 (16): distance +1 is 2, before 4 bits of slack: 3 below the 15 usable.
    decode(packet(2, 0x00, 0x23, 0x00, 0x20, 0x00, 0x00, 0xC0, 100, 0, 0));
    assertEquals(
        List.of(
            new Operation(9, 0, 77, 1050, true, 16, 12, 0, 16, 16),
            new Operation(9, 1, 77, 1100, false, 16, -1, 0, 0, 16)),
        decoded);
  }

  @Test
  void addressesSwitchesLargeOnesAndAlignment() throws Exception {
    int[] records = {
      0xC3, 5, 0, 0, 0, 0, 0, 0, 0, // thread 5
      0xC2, 1, 0x10, 0, 0, 0, 0x7F, 0, // class 1 is at 0x7f00000010
      0x01, 47, 0, // slack 47 of 63
      0xC4, 0x80, 0, 0, 1, 0, 0, 0x40, 0x42, 0x0F, 0, 0, 0, // 1,000,000 bytes at 0x1000080
      0xC5, 0x80, 0, 0, 1, 0, 0, 0x21, 0,
      0, // the free of a block by an address 48 bytes behind its start
      0xC6, 0x10, 0, 0, 0, 0x7F, 0, 48, 0, 0, 0, 0, 0, 0
    };
    decode(packet(4, records));
    assertEquals(4, decoded.size());
    assertEquals(
        new Operation(9, 0, 5, 1000, true, 0x7F00000010L, 16, 1, 16, 0x7F00000010L),
        decoded.get(0));
    assertEquals(
        new Operation(9, 1, 5, 1000, true, 0x1000080, 1_000_000, -1, 16, 0x1000080),
        decoded.get(1));
    assertEquals(
        new Operation(9, 2, 5, 1000, false, 0x1000080, -1, -1, 0, 0x1000080), decoded.get(2));
    assertEquals(
        new Operation(9, 3, 5, 1000, false, 0x7F00000040L, -1, 1, 0, 0x7F00000010L),
        decoded.get(3));
  }

  @Test
  void damageIsFound() {
    Packet good = packet(1, 0x00, 0x23, 0x00);
    byte[] bent = good.data().clone();
    bent[bent.length - 1] ^= 1;
    Packet bad = new Packet(2, 9, 77, "main", 0, 1, 0, 0, 0, 1000, good.checksum(), bent);
    assertSays("checksum", bad);
    Packet old = new Packet(1, 9, 77, "main", 0, 1, 0, 0, 0, 1000, good.checksum(), good.data());
    assertSays("version 1 of the encoding is not known, only 2", old);
    assertSays("1 operations instead of 2", packet(2, 0x00, 0x23, 0x00));
    assertSays("in the middle", packet(1, 0x00, 0x23));
    assertSays("no record 0xff", packet(0, 0xFF));
    assertSays("no size class 7", packet(1, 0x07, 0, 0));
  }

  private void assertSays(String phrase, Packet packet) {
    TraceException thrown = assertThrows(TraceException.class, () -> decode(packet));
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(phrase), message);
  }
}
