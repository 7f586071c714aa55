package io.hakmem.analysis.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.load.ManyEvents;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.LoadOptions;
import io.hakmem.analysis.tables.LoadProgress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is loaded once is found again, and only while it is right. */
class CacheTest {

  private static final String HITS = "SELECT count(*) FROM \"io.hakmem.FastPathHit\"";

  @TempDir Path folder;
  private Path recording = Path.of("unset");
  private Path caches = Path.of("unset");
  private final List<String> notes = Collections.synchronizedList(new ArrayList<>());
  private final Loads loads = new Loads();

  /** Counts how often a recording was really read. */
  private static final class Loads implements LoadProgress {
    private int count;

    @Override
    public synchronized void start(long totalBytes) {
      count++;
    }
  }

  @BeforeEach
  void record() throws Exception {
    caches = folder.resolve("caches");
    recording = Recorded.recordBare(folder.resolve("run.jfr"), Recorded::emitAll);
  }

  private LoadOptions options(Path cache) {
    return new LoadOptions(true, cache, notes::add, loads);
  }

  private String ask(String sql, Path... recordings) throws RecordingException, SQLException {
    try (EventTables tables = EventTables.open(List.of(recordings), options(caches));
        Statement statement = tables.database().connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private Path onlyCache() throws Exception {
    List<Path> found = CacheFiles.list(caches);
    assertEquals(1, found.size(), found::toString);
    try (Stream<Path> files = Files.list(caches)) {
      assertEquals(1, files.count());
    }
    return found.getFirst();
  }

  @Test
  void secondQuestionReadsNoRecording() throws Exception {
    assertEquals(String.valueOf(Recorded.HITS), ask(HITS, recording));
    assertEquals(String.valueOf(Recorded.HITS), ask(HITS, recording));
    assertEquals(1, loads.count);
    assertEquals(List.of(), notes);
  }

  @Test
  void sameContentElsewhereSharesTheCache() throws Exception {
    ask(HITS, recording);
    Path copy = Files.copy(recording, folder.resolve("copy.jfr"));
    assertEquals(String.valueOf(Recorded.HITS), ask(HITS, copy));
    assertEquals(1, loads.count);
  }

  @Test
  void otherContentOfTheSameNameAndAgeIsLoadedAnew() throws Exception {
    FileTime age = Files.getLastModifiedTime(recording);
    ask(HITS, recording);
    ManyEvents.write(recording, 1000);
    Files.setLastModifiedTime(recording, age);
    assertEquals("1000", ask("SELECT count(*) FROM \"load.Small\"", recording));
    assertEquals(2, loads.count);
  }

  @Test
  void damagedCacheIsRebuilt() throws Exception {
    ask(HITS, recording);
    Path cache = onlyCache();
    byte[] content = Files.readAllBytes(cache);
    content[content.length / 2] ^= 0x10;
    Files.write(cache, content);
    assertEquals(String.valueOf(Recorded.HITS), ask(HITS, recording));
    Files.write(cache, List.of("no cache at all"));
    assertEquals(String.valueOf(Recorded.HITS), ask(HITS, recording));
    Files.write(cache, Arrays.copyOf(content, content.length / 2));
    assertEquals(String.valueOf(Recorded.HITS), ask(HITS, recording));
    assertEquals(4, loads.count);
    assertEquals(cache, onlyCache());
  }

  @Test
  void cacheCannotBeWrittenTo() throws Exception {
    try (EventTables tables = EventTables.open(List.of(recording), options(caches));
        Statement statement = tables.database().connection().createStatement()) {
      assertThrows(SQLException.class, () -> statement.execute("CREATE TABLE jfr.x (a INTEGER)"));
      assertThrows(SQLException.class, () -> statement.execute("DELETE FROM hakmem.recordings"));
    }
  }

  @Test
  void folderThatCannotBeMadeIsANote() throws Exception {
    caches = Files.createFile(folder.resolve("file")).resolve("caches");
    assertEquals(String.valueOf(Recorded.HITS), ask(HITS, recording));
    assertEquals(1, notes.size(), notes::toString);
    assertTrue(notes.getFirst().contains("not kept"), notes::toString);
  }

  @Test
  void smallRecordingsLeaveNothingBeside() throws Exception {
    LoadOptions beside = new LoadOptions(true, null, notes::add, loads);
    EventTables.open(List.of(recording), beside).close();
    assertEquals(List.of(), CacheFiles.list(folder));
  }

  @Test
  void unreadableRecordingLeavesNothingBehind() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.jfr"));
    assertThrows(RecordingException.class, () -> ask(HITS, empty));
    try (Stream<Path> files = Files.list(caches)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void draftsOfDeadProcessesGo() throws Exception {
    ask(HITS, recording);
    Path cache = onlyCache();
    Path abandoned = cache.resolveSibling("." + cache.getFileName() + ".999999999-1");
    Files.createFile(abandoned);
    Files.delete(cache);
    ask(HITS, recording);
    assertFalse(Files.exists(abandoned));
  }

  @Test
  void twoLoadsAtOnce() throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        answers.add(threads.submit(() -> ask(HITS, recording)));
      }
      for (Future<String> answer : answers) {
        assertEquals(String.valueOf(Recorded.HITS), answer.get());
      }
    }
    assertEquals(List.of(), notes);
    onlyCache();
  }

  @Test
  void severalRecordingsAFolderAPattern() throws Exception {
    Path many = folder.resolve("many");
    Files.createDirectory(many);
    Files.copy(recording, many.resolve("a.jfr"));
    Files.copy(recording, many.resolve("b.jfr"));
    Files.createFile(many.resolve("note.txt"));
    String twice = String.valueOf(2 * Recorded.HITS);
    assertEquals(twice, ask(HITS, many));
    assertEquals(twice, ask(HITS, many.resolve("?.jfr")));
    assertEquals(twice, ask(HITS, many.resolve("a.jfr"), many.resolve("b.jfr")));
    assertEquals(1, loads.count);
    assertEquals(
        ask("SELECT count(*) FROM hakmem.stack_frames", recording),
        ask("SELECT count(*) FROM hakmem.stack_frames", many));
    RecordingException none =
        assertThrows(RecordingException.class, () -> ask(HITS, many.resolve("c*.jfr")));
    assertTrue(String.valueOf(none.getMessage()).contains("no recordings"), none::getMessage);
  }
}
