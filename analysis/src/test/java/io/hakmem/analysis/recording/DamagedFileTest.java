package io.hakmem.analysis.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.load.ManyEvents;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Recordings that were cut off or overwritten: what is readable is read, the rest is named. */
class DamagedFileTest {

  private static final int EVENTS = 50_000;

  @TempDir static Path folder;

  private static byte[] chunk = {};

  /** Counts what it is given. */
  private static final class Counter implements ChunkSink {
    private long events;
    private long undone;
    private List<TypeLayout> types = List.of();

    @Override
    public void begin(ChunkHeader header, List<TypeLayout> eventTypes, Constants constants) {
      types = eventTypes;
    }

    @Override
    public boolean event(long type, ByteCursor in, int end) {
      for (TypeLayout layout : types) {
        if (layout.id() == type) {
          layout.skip(in);
          if (in.position() > end) {
            throw new MalformedChunkException("too long");
          }
          events++;
          return true;
        }
      }
      return false;
    }

    @Override
    public void undo() {
      undone++;
    }

    @Override
    public void progress(long bytes) {}
  }

  @BeforeAll
  static void record() throws Exception {
    Path file = folder.resolve("whole.jfr");
    ManyEvents.write(file, EVENTS);
    byte[] all = Files.readAllBytes(file);
    chunk = Arrays.copyOf(all, (int) ByteBuffer.wrap(all).getLong(8));
  }

  private static Path file(byte[]... parts) throws IOException {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteBuffer content = ByteBuffer.allocate(length);
    Arrays.stream(parts).forEach(content::put);
    return Files.write(folder.resolve("damaged.jfr"), content.array());
  }

  private static long whole() throws Exception {
    Counter counter = new Counter();
    assertEquals("", ChunkFile.read(file(chunk), counter).damage());
    assertTrue(counter.events >= 1000, () -> counter.events + " events");
    return counter.events;
  }

  @Test
  void cutOffAnywhereInTheSecondChunkKeepsTheFirst() throws Exception {
    long whole = whole();
    for (int length : new int[] {1, 67, 68, 69, 1000, chunk.length / 2, chunk.length - 1}) {
      Counter counter = new Counter();
      Outcome outcome = ChunkFile.read(file(chunk, Arrays.copyOf(chunk, length)), counter);
      assertTrue(counter.events >= whole && counter.events <= 2 * whole, () -> "cut at " + length);
      assertEquals(counter.events, outcome.events());
      assertTrue(outcome.damage().contains("cut off"), outcome::damage);
      assertTrue(outcome.damage().contains("byte "), outcome::damage);
      assertEquals(0, counter.undone);
    }
  }

  /** In several places, since one of them may hold constants that all events of the chunk need. */
  @Test
  void damageInsideKeepsWhatStandsBefore() throws Exception {
    long whole = whole();
    long most = 0;
    for (int eighth = 3; eighth <= 6; eighth++) {
      byte[] damaged = chunk.clone();
      int at = chunk.length / 8 * eighth;
      Arrays.fill(damaged, at, at + 100, (byte) 0xA5);
      Counter counter = new Counter();
      Outcome outcome = ChunkFile.read(file(damaged, chunk), counter);
      assertTrue(counter.events >= whole, () -> counter.events + " of " + 2 * whole);
      assertTrue(outcome.damage().contains("at byte "), outcome::damage);
      most = Math.max(most, counter.events);
    }
    assertTrue(most > whole + whole / 4, most + " of " + 2 * whole);
  }

  @Test
  void overwrittenBytesNeverDoMoreThanSpoilThemselves() throws Exception {
    Random random = new Random(20_261_122);
    for (int round = 0; round < 200; round++) {
      byte[] damaged = chunk.clone();
      for (int i = 0; i < 20; i++) {
        damaged[ChunkHeader.BYTES + random.nextInt(chunk.length - ChunkHeader.BYTES)] =
            (byte) random.nextInt();
      }
      try {
        ChunkFile.read(file(damaged), new Counter());
      } catch (RecordingException e) {
        assertTrue(String.valueOf(e.getMessage()).contains("is damaged"), e::getMessage);
      }
    }
  }

  @Test
  void garbageBehindTheLastChunkIsNamed() throws Exception {
    Counter counter = new Counter();
    Outcome outcome = ChunkFile.read(file(chunk, new byte[500]), counter);
    assertEquals(whole(), counter.events);
    assertTrue(
        outcome.damage().contains(String.format(Locale.ROOT, "byte %,d", chunk.length)),
        outcome::damage);
  }

  /** Nothing but headers, each of a whole chunk: reading it costs what its bytes cost. */
  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void aHundredThousandEmptyChunks() throws Exception {
    byte[] header = Arrays.copyOf(chunk, ChunkHeader.BYTES);
    ByteBuffer.wrap(header).putLong(Long.BYTES, ChunkHeader.BYTES);
    byte[][] headers = new byte[100_000][];
    Arrays.fill(headers, header);
    Path file = file(headers);
    RecordingException refused =
        assertThrows(RecordingException.class, () -> ChunkFile.read(file, new Counter()));
    assertTrue(String.valueOf(refused.getMessage()).contains("without metadata"));
  }

  @Test
  void versionsToComeAreRefused() throws IOException {
    byte[] future = chunk.clone();
    future[5] = 9;
    Path file = file(future);
    RecordingException refused =
        assertThrows(RecordingException.class, () -> ChunkFile.read(file, new Counter()));
    assertTrue(String.valueOf(refused.getMessage()).contains("version 9"), refused::getMessage);
  }
}
