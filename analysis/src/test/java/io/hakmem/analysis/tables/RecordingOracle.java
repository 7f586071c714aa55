package io.hakmem.analysis.tables;

import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedClassLoader;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Every event of a recording, field by field, as the JDK reads it and as the tables have it. Also a
 * program: {@code RecordingOracle FILE}.
 */
final class RecordingOracle {

  /** A value without members: how SQL and how the JDK's reader give it. */
  private record Leaf(
      String sql, Function<RecordedObject, @Nullable Object> value, boolean stack) {}

  private final EventTables tables;
  private final Map<Integer, String> stacks = new HashMap<>();

  private RecordingOracle(EventTables tables) throws SQLException {
    this.tables = tables;
    readStacks();
  }

  /** What differs, one line for each event type, and how much was compared. */
  record Comparison(List<String> differences, int types, long events) {}

  public static void main(String[] arguments) throws Exception {
    Comparison comparison = compare(Path.of(arguments[0]));
    comparison.differences().forEach(System.out::println);
    System.out.printf(
        "%d event types, %d events, %d types differ%n",
        comparison.types(), comparison.events(), comparison.differences().size());
  }

  static Comparison compare(Path file) throws Exception {
    Map<String, List<RecordedEvent>> byType = new TreeMap<>();
    Map<String, EventType> types = new TreeMap<>();
    try (RecordingFile recording = new RecordingFile(file)) {
      recording.readEventTypes().forEach(type -> types.put(type.getName(), type));
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        byType
            .computeIfAbsent(event.getEventType().getName(), name -> new ArrayList<>())
            .add(event);
      }
    }
    List<String> differences = new ArrayList<>();
    long events = 0;
    try (EventTables tables = EventTables.load(List.of(file))) {
      RecordingOracle oracle = new RecordingOracle(tables);
      for (EventType type : types.values()) {
        List<RecordedEvent> expected = byType.getOrDefault(type.getName(), List.of());
        events += expected.size();
        String difference = oracle.difference(type, expected);
        if (!difference.isEmpty()) {
          differences.add(type.getName() + ": " + difference);
        }
      }
    }
    return new Comparison(differences, types.size(), events);
  }

  private void readStacks() throws SQLException {
    try (Statement statement = tables.database().connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT s.id, s.truncated, string_agg(concat_ws(' ', f.text, f.line,"
                    + " f.\"bytecodeIndex\", f.\"type\"), chr(10) ORDER BY f.\"position\") FILTER (f.stack IS NOT NULL)"
                    + " FROM hakmem.stacks s LEFT JOIN hakmem.frames f ON f.stack = s.id"
                    + " GROUP BY ALL")) {
      while (rows.next()) {
        stacks.put(rows.getInt(1), rows.getBoolean(2) + "\n" + rows.getString(3));
      }
    }
  }

  private String difference(EventType type, List<RecordedEvent> events) throws SQLException {
    List<Leaf> leaves = new ArrayList<>();
    for (ValueDescriptor field : type.getFields()) {
      leaves(field, "e." + Sql.identifier(field.getName()), object -> object, leaves, 0);
    }
    List<String> expected = new ArrayList<>();
    for (RecordedEvent event : events) {
      expected.add(
          leaves.stream()
              .map(leaf -> String.valueOf(value(leaf, event)))
              .collect(Collectors.joining(" | ")));
    }
    List<String> actual = rows(type, leaves);
    Collections.sort(expected);
    Collections.sort(actual);
    if (expected.equals(actual)) {
      return "";
    }
    List<String> missing = new ArrayList<>(expected);
    missing.removeAll(actual);
    List<String> extra = new ArrayList<>(actual);
    extra.removeAll(expected);
    return "%d events, %d rows; expected %s but was %s"
        .formatted(
            expected.size(),
            actual.size(),
            missing.isEmpty() ? "" : missing.getFirst(),
            extra.isEmpty() ? "" : extra.getFirst());
  }

  /** A name may have two layouts in one recording: what an event's own lacks is absent. */
  private static @Nullable Object value(Leaf leaf, RecordedEvent event) {
    try {
      return leaf.value().apply(event);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private List<String> rows(EventType type, List<Leaf> leaves) throws SQLException {
    String columns = leaves.stream().map(Leaf::sql).collect(Collectors.joining(", "));
    List<String> result = new ArrayList<>();
    try (Statement statement = tables.database().connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT " + columns + " FROM jfr." + Sql.identifier(type.getName()) + " e")) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 0; i < leaves.size(); i++) {
          Object value = rows.getObject(i + 1);
          row.add(
              leaves.get(i).stack() && value instanceof Integer id
                  ? String.valueOf(stacks.get(id))
                  : String.valueOf(value));
        }
        result.add(String.join(" | ", row));
      }
    }
    return result;
  }

  /** The object that holds a field, given the event; null where it is absent. */
  private interface Holder {
    @Nullable RecordedObject of(RecordedObject event);
  }

  private static void leaves(
      ValueDescriptor field, String sql, Holder holder, List<Leaf> leaves, int depth) {
    String name = field.getName();
    if (field.getAnnotation(Timestamp.class) != null) {
      add(leaves, "epoch_ns(" + sql + ")", holder, object -> nanos(object.getInstant(name)));
      return;
    }
    if (field.getAnnotation(Timespan.class) != null) {
      add(leaves, sql, holder, object -> nanos(object.getDuration(name)));
      return;
    }
    switch (field.getTypeName()) {
      case "java.lang.Thread" -> thread(sql, holder, name, leaves);
      case "java.lang.Class" -> type(sql, holder, name, leaves);
      case "jdk.types.Method" -> method(sql, holder, name, leaves);
      case "jdk.types.StackTrace" ->
          leaves.add(new Leaf(sql, event -> stack(event, holder, name), true));
      case "jdk.types.ClassLoader" ->
          add(leaves, sql, holder, object -> loader(object.getValue(name)));
      default -> other(field, sql, holder, leaves, depth);
    }
  }

  private static void other(
      ValueDescriptor field, String sql, Holder holder, List<Leaf> leaves, int depth) {
    String name = field.getName();
    if (field.getFields().size() <= 1 || depth == 4) {
      add(leaves, sql, holder, object -> text(object.getValue(name)));
      return;
    }
    for (ValueDescriptor member : field.getFields()) {
      leaves(
          member,
          "(" + sql + ")." + Sql.identifier(member.getName()),
          event -> {
            RecordedObject outer = holder.of(event);
            return outer != null && outer.getValue(name) instanceof RecordedObject inner
                ? inner
                : null;
          },
          leaves,
          depth + 1);
    }
  }

  private static void add(
      List<Leaf> leaves,
      String sql,
      Holder holder,
      Function<RecordedObject, @Nullable Object> value) {
    leaves.add(
        new Leaf(
            sql,
            event -> {
              RecordedObject object = holder.of(event);
              return object == null ? null : value.apply(object);
            },
            false));
  }

  private static <T> void member(
      List<Leaf> leaves,
      String sql,
      String member,
      Holder holder,
      String name,
      Class<T> type,
      Function<T, @Nullable Object> value) {
    add(
        leaves,
        "(" + sql + ")." + Sql.identifier(member),
        holder,
        object -> {
          Object inner = object.getValue(name);
          return type.isInstance(inner) ? value.apply(type.cast(inner)) : null;
        });
  }

  private static void thread(String sql, Holder holder, String name, List<Leaf> leaves) {
    Class<RecordedThread> type = RecordedThread.class;
    member(leaves, sql, "osName", holder, name, type, RecordedThread::getOSName);
    member(leaves, sql, "osThreadId", holder, name, type, RecordedThread::getOSThreadId);
    member(leaves, sql, "javaName", holder, name, type, RecordedThread::getJavaName);
    member(leaves, sql, "javaThreadId", holder, name, type, RecordedThread::getJavaThreadId);
    member(leaves, sql, "virtual", holder, name, type, RecordedThread::isVirtual);
    member(
        leaves,
        sql,
        "group",
        holder,
        name,
        type,
        thread -> thread.getThreadGroup() == null ? null : thread.getThreadGroup().getName());
  }

  private static void type(String sql, Holder holder, String name, List<Leaf> leaves) {
    Class<RecordedClass> type = RecordedClass.class;
    member(leaves, sql, "name", holder, name, type, RecordedClass::getName);
    member(leaves, sql, "classLoader", holder, name, type, value -> loader(value.getClassLoader()));
  }

  private static void method(String sql, Holder holder, String name, List<Leaf> leaves) {
    Class<RecordedMethod> type = RecordedMethod.class;
    member(leaves, sql, "type", holder, name, type, method -> method.getType().getName());
    member(leaves, sql, "name", holder, name, type, RecordedMethod::getName);
    member(leaves, sql, "descriptor", holder, name, type, RecordedMethod::getDescriptor);
    member(leaves, sql, "hidden", holder, name, type, RecordedMethod::isHidden);
  }

  private static @Nullable Object stack(RecordedObject event, Holder holder, String name) {
    RecordedObject object = holder.of(event);
    if (object == null || !(object.getValue(name) instanceof RecordedStackTrace trace)) {
      return null;
    }
    return trace.isTruncated()
        + "\n"
        + (trace.getFrames().isEmpty()
            ? null
            : trace.getFrames().stream()
                .map(RecordingOracle::frame)
                .collect(Collectors.joining("\n")));
  }

  private static String frame(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    String type = method.getType().getName();
    List<String> parts = new ArrayList<>();
    String text = MethodText.of(type, method.getName(), method.getDescriptor());
    parts.add(frame.getLineNumber() < 0 ? text : text + ":" + frame.getLineNumber());
    if (frame.getLineNumber() >= 0) {
      parts.add(String.valueOf(frame.getLineNumber()));
    }
    if (frame.getBytecodeIndex() >= 0) {
      parts.add(String.valueOf(frame.getBytecodeIndex()));
    }
    parts.add(frame.getType());
    return String.join(" ", parts);
  }

  private static @Nullable String loader(@Nullable Object value) {
    if (!(value instanceof RecordedClassLoader loader)) {
      return null;
    }
    RecordedClass type = loader.getType();
    return loader.getName() != null || type == null ? loader.getName() : type.getName();
  }

  private static @Nullable Object text(@Nullable Object value) {
    return value instanceof RecordedObject object && object.getFields().size() == 1
        ? text(object.getValue(object.getFields().getFirst().getName()))
        : value;
  }

  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  private static @Nullable Long nanos(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (ArithmeticException e) {
      return null;
    }
  }
}
