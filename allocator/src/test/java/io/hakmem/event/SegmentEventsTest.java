package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

class SegmentEventsTest {

  private static final long SIZE = 2_000_003;

  @Test
  void aLargeBlockIsReservedAndReleasedWhole() throws Exception {
    long[] block = {0};
    List<RecordedEvent> events =
        Recordings.of(
            List.of(Recordings.enabled("SegmentReserve"), Recordings.enabled("SegmentRelease")),
            () -> {
              block[0] = Hakmem.allocate(SIZE);
              Hakmem.free(block[0]);
            });
    List<RecordedEvent> reserved = Recordings.named(events, "SegmentReserve");
    List<RecordedEvent> released = Recordings.named(events, "SegmentRelease");
    assertEquals(1, reserved.size());
    assertEquals(1, released.size());
    RecordedEvent reserve = reserved.getFirst();
    long address = reserve.getLong("address");
    long bytes = reserve.getLong("bytes");
    assertTrue(address <= block[0] && address + bytes >= block[0] + SIZE, reserve::toString);
    assertEquals(0, bytes % 4096);
    assertTrue(bytes < SIZE + 3 * 65_536, reserve::toString);
    assertEquals("large", reserve.getString("purpose"));
    assertEquals(address, released.getFirst().getLong("address"));
    assertEquals(bytes, released.getFirst().getLong("bytes"));
    assertEquals("large", released.getFirst().getString("purpose"));
  }
}
