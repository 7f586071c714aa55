package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import jdk.jfr.Event;
import jdk.jfr.EventType;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables against the JDK's own reader of the same file. */
class EventTablesTest {

  @TempDir static Path folder;

  private static List<RecordedEvent> events = List.of();
  private static @Nullable EventTables loaded;

  /** Every kind of field. */
  @Name("test.Kinds")
  static final class Kinds extends Event {
    boolean flag;
    byte small;
    short medium;
    char letter;
    int number;
    long large;
    float half;
    double whole;
    @Nullable String text;
    Class<?> type = String.class;
    Thread thread = Thread.currentThread();

    @Timespan(Timespan.MILLISECONDS)
    long span;

    @Timestamp(Timestamp.MILLISECONDS_SINCE_EPOCH)
    long time;
  }

  /** A type without events. */
  @Name("test.Silent")
  static final class Silent extends Event {
    int number;
  }

  /** The older of two layouts of one name. */
  @Name("test.Layout")
  @StackTrace(false)
  static final class OldLayout extends Event {
    int kept;
  }

  /** The newer of two layouts of one name. */
  @Name("test.Layout")
  @StackTrace(false)
  static final class NewLayout extends Event {
    int kept;
    String added = "";
  }

  @BeforeAll
  static void load() throws Exception {
    Path file =
        Recorded.record(
            folder.resolve("all.jfr"),
            () -> {
              EventType.getEventType(Silent.class);
              Recorded.emitAll();
              kinds();
              layouts();
              System.gc();
              Recorded.burn(300);
            });
    events = RecordingFile.readAllEvents(file);
    loaded = EventTables.load(List.of(file));
  }

  @AfterAll
  static void close() {
    tables().close();
  }

  private static EventTables tables() {
    return Objects.requireNonNull(loaded);
  }

  private static void kinds() {
    Kinds event = new Kinds();
    event.begin();
    event.flag = true;
    event.small = -7;
    event.medium = -1009;
    event.letter = 'ß';
    event.number = Integer.MIN_VALUE;
    event.large = Long.MAX_VALUE;
    event.half = 0.5f;
    event.whole = Math.PI;
    event.text = "it's \"quoted\"\n";
    event.span = 17;
    event.time = 1_700_000_000_123L;
    event.commit();
    Kinds nothing = new Kinds();
    nothing.text = null;
    nothing.span = Long.MIN_VALUE;
    nothing.time = Long.MIN_VALUE;
    nothing.commit();
  }

  private static void layouts() {
    for (int i = 0; i < 3; i++) {
      OldLayout old = new OldLayout();
      old.kept = i;
      old.commit();
      NewLayout young = new NewLayout();
      young.kept = 10 + i;
      young.added = "x";
      young.commit();
    }
  }

  private static List<List<Object>> query(String sql) throws SQLException {
    try (Statement statement = tables().database().connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<Object>> result = new ArrayList<>();
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getObject(i)));
        }
        result.add(row);
      }
      return result;
    }
  }

  private static Object single(String sql) throws SQLException {
    return query(sql).getFirst().getFirst();
  }

  @Test
  void everyTypeHasATableWithEveryEvent() throws SQLException {
    Map<String, Long> expected =
        events.stream()
            .collect(Collectors.groupingBy(e -> e.getEventType().getName(), Collectors.counting()));
    assertTrue(expected.size() >= 9, () -> "only " + expected.keySet());
    Map<String, Long> actual = new HashMap<>();
    for (String type : expected.keySet()) {
      actual.put(
          type, Long.valueOf(single("SELECT count(*) FROM jfr.\"" + type + "\"").toString()));
    }
    assertEquals(expected, actual);
    assertEquals("0", single("SELECT count(*) FROM \"test.Silent\""));
  }

  @Test
  void columnsFollowTheRecordingsOrder() throws SQLException {
    EventType type =
        events.stream()
            .map(RecordedEvent::getEventType)
            .filter(t -> t.getName().equals("test.Kinds"))
            .findFirst()
            .orElseThrow();
    List<String> expected = type.getFields().stream().map(ValueDescriptor::getName).toList();
    List<Object> actual =
        query("DESCRIBE \"test.Kinds\"").stream().map(row -> row.getFirst()).toList();
    assertEquals(expected, actual);
  }

  @Test
  void everyKindOfFieldKeepsItsValue() throws SQLException {
    assertEquals(
        List.of(
            "true",
            "-7",
            "-1009",
            "ß",
            "-2147483648",
            "9223372036854775807",
            "0.5",
            String.valueOf(Math.PI),
            "it's \"quoted\"\n",
            "java.lang.String",
            "17000000",
            "1700000000123000000"),
        query(
                "SELECT flag, small, medium, letter, number, large, half, whole, \"text\","
                    + " CLASS_NAME(\"type\"), span, epoch_ns(time)"
                    + " FROM \"test.Kinds\" WHERE flag")
            .getFirst());
    assertEquals(
        List.of("null", "-9223372036854775808", "null"),
        query("SELECT \"text\", span, time FROM \"test.Kinds\" WHERE NOT flag").getFirst());
    assertEquals(
        Thread.currentThread().getName(),
        single("SELECT (\"thread\").\"javaName\" FROM \"test.Kinds\" WHERE flag"));
  }

  @Test
  void timesKeepTheirNanoseconds() throws SQLException {
    List<RecordedEvent> fallbacks = named("io.hakmem.SlowPathFallback");
    List<Object> expected =
        fallbacks.stream()
            .map(
                e ->
                    (Object)
                        (ChronoUnit.NANOS.between(Instant.EPOCH, e.getStartTime())
                            + " "
                            + e.getDuration().toNanos()))
            .sorted()
            .toList();
    List<Object> actual =
        query(
                "SELECT epoch_ns(\"startTime\") || ' ' || duration"
                    + " FROM \"io.hakmem.SlowPathFallback\"")
            .stream()
            .map(List::getFirst)
            .sorted()
            .toList();
    assertEquals(expected, actual);
    assertTrue(fallbacks.stream().allMatch(e -> e.getDuration().toNanos() > 0));
  }

  @Test
  void sumsAgree() throws SQLException {
    long expected =
        named("io.hakmem.FastPathHit").stream().mapToLong(e -> e.getLong("requestedSize")).sum();
    assertEquals((long) Recorded.HITS * (Recorded.HITS - 1) / 2, expected);
    assertEquals(
        List.of(String.valueOf(expected), String.valueOf(Recorded.HITS * Recorded.WEIGHT)),
        query("SELECT sum(\"requestedSize\"), sum(weight) FROM \"io.hakmem.FastPathHit\"")
            .getFirst());
  }

  @Test
  void stacksKeepEveryFrame() throws SQLException {
    Map<String, Long> expected =
        named("io.hakmem.FastPathHit").stream()
            .collect(Collectors.groupingBy(EventTablesTest::stackText, Collectors.counting()));
    Map<String, Long> actual = new HashMap<>();
    for (List<Object> row :
        query(
            "SELECT TRUNCATE_STACKTRACE(\"stackTrace\", 1000), count(*)"
                + " FROM \"io.hakmem.FastPathHit\""
                + " GROUP BY TRUNCATE_STACKTRACE(\"stackTrace\", 1000)")) {
      actual.put(row.get(0).toString(), Long.valueOf(row.get(1).toString()));
    }
    assertEquals(expected, actual);
    assertTrue(
        expected.keySet().stream()
            .allMatch(s -> s.startsWith("io.hakmem.analysis.events.Recorded.hit(int):")));
  }

  private static String stackText(RecordedEvent event) {
    StringBuilder text = new StringBuilder();
    for (RecordedFrame frame : event.getStackTrace().getFrames()) {
      String type = frame.getMethod().getType().getName();
      text.append(
          MethodText.of(type, frame.getMethod().getName(), frame.getMethod().getDescriptor()));
      if (frame.getLineNumber() >= 0) {
        text.append(':').append(frame.getLineNumber());
      }
      text.append('\n');
    }
    return text.toString();
  }

  @Test
  void framesAreFoundByWholeMatch() throws SQLException {
    String count = "SELECT count(*) FROM \"io.hakmem.FastPathHit\" WHERE HAS_MATCHING_FRAME(";
    assertEquals(
        String.valueOf(Recorded.HITS), single(count + "\"stackTrace\", '.*Recorded\\.emitAll.*')"));
    assertEquals("0", single(count + "\"stackTrace\", 'Recorded')"));
    assertEquals("false", single("SELECT HAS_MATCHING_FRAME(NULL, '.*')"));
    assertEquals("null", single("SELECT TRUNCATE_STACKTRACE(NULL, 3)"));
  }

  @Test
  void nestedObjectsBecomeStructs() throws SQLException {
    RecordedEvent event = named("jdk.GCHeapSummary").getFirst();
    assertEquals(
        String.valueOf(event.getLong("heapSpace.committedSize")),
        single(
            "SELECT (\"heapSpace\").\"committedSize\" FROM \"jdk.GCHeapSummary\""
                + " ORDER BY \"startTime\" LIMIT 1"));
  }

  @Test
  void namedConstantsBecomeText() throws SQLException {
    assertEquals(
        "System.gc()",
        single("SELECT cause FROM \"jdk.GarbageCollection\" WHERE cause = 'System.gc()' LIMIT 1"));
  }

  @Test
  void oneNameWithTwoLayoutsKeepsBoth() throws SQLException {
    assertEquals(
        List.of(List.of("6", "36", "3")),
        query("SELECT count(*), sum(kept), count(added) FROM \"test.Layout\""));
  }

  @Test
  void ourOwnTablesStayOutOfTheWay() throws SQLException {
    assertEquals(
        "0",
        single(
            "SELECT count(*) FROM information_schema.tables"
                + " WHERE table_schema = 'jfr' AND table_name NOT LIKE '%.%'"));
    assertFalse(tables().knows("io.hakmem.NoSuchEvent"));
  }

  private static List<RecordedEvent> named(String type) {
    return events.stream().filter(e -> e.getEventType().getName().equals(type)).toList();
  }
}
