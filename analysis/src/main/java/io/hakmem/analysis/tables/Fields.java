package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ByteCursor;
import io.hakmem.analysis.recording.ConstantPool;
import io.hakmem.analysis.recording.FieldLayout;
import io.hakmem.analysis.recording.TypeLayout;
import io.hakmem.analysis.tables.FieldPlan.Lookup;
import io.hakmem.analysis.tables.FieldPlan.View;
import java.util.ArrayList;
import java.util.List;

/** Plans how the fields of event types become columns. */
final class Fields {

  /** Objects nested deeper become text: JFR itself does not go deeper than three. */
  private static final int MAX_DEPTH = 4;

  private final Dictionaries dictionaries;

  Fields(Dictionaries dictionaries) {
    this.dictionaries = dictionaries;
  }

  /** A plan for each field of an event type, in their order. */
  List<FieldPlan> plans(List<FieldLayout> fields) {
    return plans(fields, 0);
  }

  private List<FieldPlan> plans(List<FieldLayout> fields, int depth) {
    Names names = new Names();
    List<FieldPlan> plans = new ArrayList<>();
    for (FieldLayout field : fields) {
      plans.add(any(field.named(names.distinct(field.name())), depth));
    }
    return plans;
  }

  private FieldPlan any(FieldLayout field, int depth) {
    return field.array() ? list(field, depth) : single(field, depth);
  }

  private FieldPlan single(FieldLayout field, int depth) {
    return switch (field.type().kind()) {
      case BOOLEAN -> fixed(field, "BOOLEAN", 1, in -> in.readByte() != 0 ? 1 : 0);
      case BYTE -> number(field, "TINYINT", 1);
      case SHORT -> number(field, "SMALLINT", 2);
      case INT -> number(field, "INTEGER", 4);
      case LONG -> number(field, "BIGINT", 8);
      case FLOAT -> fixed(field, "REAL", 4, in -> Float.floatToRawIntBits(in.readFloat()));
      case DOUBLE -> fixed(field, "DOUBLE", 8, in -> Double.doubleToRawLongBits(in.readDouble()));
      case CHAR, TEXT -> text(field);
      case OBJECT -> object(field, depth);
    };
  }

  private FieldPlan object(FieldLayout field, int depth) {
    return switch (field.type().name()) {
      case "java.lang.Thread" -> reference(field, "threads", dictionaries.threads()::number);
      case "java.lang.Class" -> reference(field, "classes", dictionaries.classes()::number);
      case "jdk.types.Method" -> reference(field, "methods", dictionaries.methods()::number);
      case "jdk.types.StackTrace" -> stack(field);
      default -> composite(field, depth);
    };
  }

  /** One member means a named constant of the JVM, a state or a cause: its text is enough. */
  private FieldPlan composite(FieldLayout field, int depth) {
    boolean loader = field.type().name().equals("jdk.types.ClassLoader");
    return loader || field.type().fields().size() <= 1 || depth == MAX_DEPTH
        ? text(field)
        : struct(field, depth);
  }

  /** Reads a number as the 64 bits that a column stores. */
  private interface BitsOf {
    long read(ByteCursor in);
  }

  private static FieldPlan fixed(FieldLayout field, String type, int width, BitsOf bits) {
    FixedColumn column = new FixedColumn(width);
    return new FieldPlan(
        field.name(),
        type,
        column,
        (layout, chunk) ->
            layout.constant() ? in -> skip(in, column) : in -> column.add(bits.read(in)));
  }

  /** No writer makes constants of plain numbers. */
  private static void skip(ByteCursor in, Column column) {
    in.readLong();
    column.addNull();
  }

  private FieldPlan number(FieldLayout field, String type, int width) {
    return switch (field.unit()) {
      case NONE -> fixed(field, type, width, Times.raw(field.type().kind())::read);
      case TICKS_SINCE_START, MILLISECONDS_SINCE_EPOCH -> time(field, "TIMESTAMP_NS");
      default -> time(field, "BIGINT");
    };
  }

  private static FieldPlan time(FieldLayout field, String type) {
    FixedColumn column = new FixedColumn(Long.BYTES);
    return new FieldPlan(
        field.name(),
        type,
        column,
        (layout, chunk) ->
            layout.constant()
                ? in -> skip(in, column)
                : Times.reader(layout, chunk.header(), column));
  }

  private FieldPlan text(FieldLayout field) {
    TextColumn column = new TextColumn();
    return new FieldPlan(
        field.name(),
        "VARCHAR",
        column,
        (layout, chunk) -> new TextReader(layout, chunk.constants(), column));
  }

  /** The number of a constant in its dictionary; 0 where the constant is missing. */
  private interface NumberOf {
    int of(ConstantPool pool, long key);
  }

  private static FieldPlan numbered(FieldLayout field, View view, Lookup lookup, NumberOf number) {
    FixedColumn column = new FixedColumn(Integer.BYTES);
    return new FieldPlan(
        field.name(),
        "INTEGER",
        column,
        view,
        lookup,
        (layout, chunk) -> {
          if (!layout.constant()) {
            return in -> {
              layout.type().skip(in);
              column.addNull();
            };
          }
          ConstantPool pool = chunk.constants().pool(layout.type());
          return in -> {
            int known = number.of(pool, in.readLong());
            if (known == 0) {
              column.addNull();
            } else {
              column.add(known);
            }
          };
        });
  }

  /**
   * The struct that a dictionary holds for the stored number. An element of a list costs nothing
   * where the column is not asked for, and a third of a join where it is.
   */
  private static FieldPlan reference(FieldLayout field, String dictionary, NumberOf number) {
    return numbered(
        field,
        (value, lambdas) ->
            (lambdas == 0 ? "(SELECT %s FROM hakmem.lookup)[%s]" : "lookup.%s[%s]")
                .formatted(dictionary, value),
        Lookup.ASKED,
        number);
  }

  private FieldPlan stack(FieldLayout field) {
    return numbered(field, (value, lambdas) -> value, Lookup.NONE, dictionaries.stacks()::number);
  }

  private FieldPlan list(FieldLayout field, int depth) {
    FieldPlan element = single(field, depth);
    ListColumn column = new ListColumn(element.column());
    boolean plain = element.lookup() == Lookup.NONE;
    return new FieldPlan(
        field.name(),
        element.type() + "[]",
        column,
        (value, lambdas) ->
            plain
                ? value
                : "list_transform(%1$s, lambda e%2$d: %3$s)"
                    .formatted(value, lambdas, element.view().of("e" + lambdas, lambdas + 1)),
        plain ? Lookup.NONE : Lookup.JOINED,
        (layout, chunk) -> {
          FieldReader reader = element.binder().bind(layout, chunk);
          return in -> {
            int count = in.readLength();
            for (int i = 0; i < count; i++) {
              reader.read(in);
            }
            column.add();
          };
        });
  }

  private FieldPlan struct(FieldLayout field, int depth) {
    List<FieldPlan> members = plans(field.type().fields(), depth + 1);
    StructColumn column = new StructColumn(members.stream().map(FieldPlan::column).toList());
    Lookup lookup = members.stream().map(FieldPlan::lookup).reduce(Lookup.NONE, Lookup::or);
    return new FieldPlan(
        field.name(),
        "STRUCT(" + String.join(", ", members.stream().map(Fields::declaration).toList()) + ")",
        column,
        (value, lambdas) -> lookup == Lookup.NONE ? value : view(value, members, lambdas),
        lookup,
        (layout, chunk) -> structReader(layout, chunk, members, column));
  }

  static String declaration(FieldPlan plan) {
    return Sql.identifier(plan.name()) + " " + plan.type();
  }

  private static String view(String value, List<FieldPlan> members, int lambdas) {
    List<String> parts = new ArrayList<>();
    for (FieldPlan member : members) {
      String name = Sql.identifier(member.name());
      parts.add(name + " := " + member.view().of("(" + value + ")." + name, lambdas));
    }
    return "CASE WHEN %s IS NOT NULL THEN struct_pack(%s) END"
        .formatted(value, String.join(", ", parts));
  }

  private static FieldReader structReader(
      FieldLayout layout, Chunk chunk, List<FieldPlan> members, StructColumn column) {
    TypeLayout type = layout.type();
    List<FieldReader> readers = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      readers.add(members.get(i).binder().bind(type.fields().get(i), chunk));
    }
    if (!layout.constant()) {
      return in -> addStruct(in, readers, column);
    }
    ConstantPool pool = chunk.constants().pool(type);
    return in -> {
      int slot = pool.find(in.readLong());
      if (slot < 0) {
        column.addNull();
      } else {
        addStruct(pool.at(slot), readers, column);
      }
    };
  }

  private static void addStruct(ByteCursor in, List<FieldReader> readers, StructColumn column) {
    for (FieldReader reader : readers) {
      reader.read(in);
    }
    column.add();
  }
}
