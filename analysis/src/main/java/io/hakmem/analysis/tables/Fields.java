package io.hakmem.analysis.tables;

import io.hakmem.analysis.tables.BatchColumn.Doubles;
import io.hakmem.analysis.tables.BatchColumn.Longs;
import io.hakmem.analysis.tables.BatchColumn.Texts;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import jdk.jfr.Timespan;
import jdk.jfr.Timestamp;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedClassLoader;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import org.jspecify.annotations.Nullable;

/** Plans how the fields of one event type become columns. */
final class Fields {

  /** Objects nested deeper become text: JFR itself does not go deeper than three. */
  private static final int MAX_DEPTH = 4;

  private final Batch batch;
  private final Dictionaries dictionaries;
  private final List<String> joins = new ArrayList<>();

  Fields(Batch batch, Dictionaries dictionaries) {
    this.batch = batch;
    this.dictionaries = dictionaries;
  }

  /** The joins that the planned expressions need. */
  String joins() {
    return String.join(" ", joins);
  }

  Field plan(ValueDescriptor value) {
    return plan(value, 0);
  }

  private Field plan(ValueDescriptor value, int depth) {
    String name = value.getName();
    if (value.isArray()) {
      return text(source -> arrayText(source.getValue(name)));
    }
    if (value.getAnnotation(Timestamp.class) != null) {
      return timestamp(name);
    }
    if (value.getAnnotation(Timespan.class) != null) {
      return number("BIGINT", source -> nanos(source.getDuration(name)));
    }
    return switch (value.getTypeName()) {
      case "boolean" -> number("BOOLEAN", source -> source.getBoolean(name) ? 1 : 0);
      case "byte" -> number("TINYINT", source -> rawNumber(source, name));
      case "short" -> number("SMALLINT", source -> rawNumber(source, name));
      case "int" -> number("INTEGER", source -> rawNumber(source, name));
      case "long" -> number("BIGINT", source -> rawNumber(source, name));
      case "float" -> decimal("REAL", name);
      case "double" -> decimal("DOUBLE", name);
      case "char", "java.lang.String" -> text(source -> textOf(source.getValue(name)));
      case "java.lang.Thread" -> thread(name);
      case "java.lang.Class" -> type(name);
      case "jdk.types.Method" -> method(name);
      case "jdk.types.StackTrace" -> stack(name);
      case "jdk.types.ClassLoader" ->
          text(source -> Dictionaries.text((RecordedClassLoader) source.getValue(name)));
      default -> nested(value, depth);
    };
  }

  /** One member means a named constant of the JVM, a state or a cause: its text is enough. */
  private Field nested(ValueDescriptor value, int depth) {
    List<ValueDescriptor> members = value.getFields();
    String name = value.getName();
    if (members.size() <= 1 || depth == MAX_DEPTH) {
      return text(source -> textOf(source.getValue(name)));
    }
    String presenceName = nextColumn();
    Longs presence = batch.add(new Longs());
    Map<String, Field> planned = new LinkedHashMap<>();
    for (ValueDescriptor member : members) {
      planned.put(member.getName(), plan(member, depth + 1));
    }
    return new StructField(name, presence, presenceName, planned);
  }

  /** The name of the batch column that is added next. */
  private String nextColumn() {
    return "b." + Batch.name(batch.columns().size());
  }

  private Field number(String sqlType, ToLongFunction<RecordedObject> value) {
    String expression = "CAST(%s AS %s)".formatted(nextColumn(), sqlType);
    Longs column = batch.add(new Longs());
    return new ScalarField(expression, column, source -> column.add(value.applyAsLong(source)));
  }

  private Field decimal(String sqlType, String name) {
    String expression = "CAST(%s AS %s)".formatted(nextColumn(), sqlType);
    Doubles column = batch.add(new Doubles());
    return new ScalarField(expression, column, source -> column.add(source.getDouble(name)));
  }

  /** A text of an object; null means absent. */
  private interface TextOf {
    @Nullable String apply(RecordedObject source);
  }

  private Field text(TextOf value) {
    String expression = nextColumn();
    Texts column = batch.add(new Texts());
    return new ScalarField(expression, column, source -> column.add(value.apply(source)));
  }

  /** A number that may be absent. */
  private interface NumberOf {
    @Nullable Long apply(RecordedObject source);
  }

  private Field optional(String expression, NumberOf value) {
    Longs column = batch.add(new Longs());
    return new ScalarField(
        expression,
        column,
        source -> {
          Long number = value.apply(source);
          if (number == null) {
            column.addNull();
          } else {
            column.add(number);
          }
        });
  }

  private Field timestamp(String name) {
    return optional(
        "make_timestamp_ns(%s)".formatted(nextColumn()), source -> nanos(source.getInstant(name)));
  }

  private Field stack(String name) {
    return optional(
        nextColumn(),
        source ->
            source.getValue(name) instanceof RecordedStackTrace trace
                ? dictionaries.stacks().id(trace)
                : null);
  }

  /** The struct that a dictionary's table holds for the number in the batch. */
  private Field reference(String table, NumberOf id) {
    String alias = "r" + joins.size();
    joins.add("LEFT JOIN %s %s ON %2$s.id = %s".formatted(table, alias, nextColumn()));
    return optional(alias + ".value", id);
  }

  private Field thread(String name) {
    return reference(
        "hakmem.threads",
        source ->
            source.getValue(name) instanceof RecordedThread thread
                ? dictionaries.threads().id(thread)
                : null);
  }

  private Field type(String name) {
    return reference(
        "hakmem.classes",
        source ->
            source.getValue(name) instanceof RecordedClass type
                ? dictionaries.classes().id(type)
                : null);
  }

  private Field method(String name) {
    return reference(
        "hakmem.methods",
        source ->
            source.getValue(name) instanceof RecordedMethod method
                ? dictionaries.methods().id(method)
                : null);
  }

  /** The bits as they were recorded: an unsigned value keeps its width. */
  private static long rawNumber(RecordedObject source, String name) {
    return source.getValue(name) instanceof Number number ? number.longValue() : 0;
  }

  private static @Nullable String textOf(@Nullable Object value) {
    if (value instanceof RecordedObject object && object.getFields().size() == 1) {
      return textOf(object.getValue(object.getFields().getFirst().getName()));
    }
    return value == null ? null : value.toString();
  }

  private static @Nullable String arrayText(@Nullable Object value) {
    return value instanceof Object[] array ? Arrays.toString(array) : textOf(value);
  }

  /** Nanoseconds; JFR's extreme values mean absent or for ever and stay extreme. */
  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return duration.isNegative() ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
  }

  /** Nanoseconds since 1970, or absent for JFR's extreme values. */
  private static @Nullable Long nanos(Instant instant) {
    try {
      return Math.addExact(
          Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
    } catch (ArithmeticException e) {
      return null;
    }
  }
}
