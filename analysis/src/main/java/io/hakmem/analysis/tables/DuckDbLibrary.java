package io.hakmem.analysis.tables;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The calls of DuckDB's C API that fill tables a vector at a time. The library is the one that the
 * JDBC driver loads; JDBC itself has no way to hand over whole columns. Handles are addresses.
 */
@SuppressWarnings(
    "restricted") // filling vectors means calling native code and writing to its memory
final class DuckDbLibrary {

  private static final Linker LINKER = Linker.nativeLinker();
  private static final SymbolLookup SYMBOLS = load();
  private static final AddressLayout P = ADDRESS;

  private static final MethodHandle CREATE_CONFIG = handle("duckdb_create_config", JAVA_INT, P);
  private static final MethodHandle SET_CONFIG = handle("duckdb_set_config", JAVA_INT, P, P, P);
  private static final MethodHandle DESTROY_CONFIG = handle("duckdb_destroy_config", null, P);
  private static final MethodHandle OPEN = handle("duckdb_open_ext", JAVA_INT, P, P, P, P);
  private static final MethodHandle CONNECT = handle("duckdb_connect", JAVA_INT, P, P);
  private static final MethodHandle DISCONNECT = handle("duckdb_disconnect", null, P);
  private static final MethodHandle CLOSE = handle("duckdb_close", null, P);
  private static final MethodHandle FREE = handle("duckdb_free", null, P);
  private static final MethodHandle QUERY = handle("duckdb_query", JAVA_INT, P, P, P);
  private static final MethodHandle RESULT_ERROR = handle("duckdb_result_error", P, P);
  private static final MethodHandle VALUE_INT64 =
      handle("duckdb_value_int64", JAVA_LONG, P, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle DESTROY_RESULT = handle("duckdb_destroy_result", null, P);

  private static final MethodHandle APPENDER_CREATE =
      handle("duckdb_appender_create", JAVA_INT, P, P, P, P);
  private static final MethodHandle APPENDER_COLUMN_TYPE =
      handle("duckdb_appender_column_type", P, P, JAVA_LONG);
  private static final MethodHandle APPEND_CHUNK =
      handle("duckdb_append_data_chunk", JAVA_INT, P, P);
  private static final MethodHandle APPENDER_FLUSH = handle("duckdb_appender_flush", JAVA_INT, P);
  private static final MethodHandle APPENDER_ERROR = handle("duckdb_appender_error", P, P);
  private static final MethodHandle APPENDER_DESTROY =
      handle("duckdb_appender_destroy", JAVA_INT, P);
  private static final MethodHandle DESTROY_TYPE = handle("duckdb_destroy_logical_type", null, P);

  private static final MethodHandle CREATE_CHUNK =
      handle("duckdb_create_data_chunk", P, P, JAVA_LONG);
  private static final MethodHandle DESTROY_CHUNK = handle("duckdb_destroy_data_chunk", null, P);
  private static final MethodHandle RESET_CHUNK = handle("duckdb_data_chunk_reset", null, P);
  private static final MethodHandle CHUNK_VECTOR =
      handle("duckdb_data_chunk_get_vector", P, P, JAVA_LONG);
  private static final MethodHandle CHUNK_SIZE =
      handle("duckdb_data_chunk_set_size", null, P, JAVA_LONG);

  private static final MethodHandle VECTOR_DATA = handle("duckdb_vector_get_data", P, P);
  private static final MethodHandle VECTOR_VALIDITY = handle("duckdb_vector_get_validity", P, P);
  private static final MethodHandle VECTOR_WRITABLE =
      handle("duckdb_vector_ensure_validity_writable", null, P);
  private static final MethodHandle VECTOR_TEXT =
      handle("duckdb_vector_assign_string_element_len", null, P, JAVA_LONG, P, JAVA_LONG);
  private static final MethodHandle LIST_CHILD = handle("duckdb_list_vector_get_child", P, P);
  private static final MethodHandle LIST_RESERVE =
      handle("duckdb_list_vector_reserve", JAVA_INT, P, JAVA_LONG);
  private static final MethodHandle LIST_SIZE =
      handle("duckdb_list_vector_set_size", JAVA_INT, P, JAVA_LONG);
  private static final MethodHandle STRUCT_CHILD =
      handle("duckdb_struct_vector_get_child", P, P, JAVA_LONG);

  private static final long RESULT_BYTES = 64;

  private DuckDbLibrary() {}

  /** The driver's class loader is ours, so what its static initialiser loads is found by us. */
  private static SymbolLookup load() {
    DuckDbDriver.load();
    return SymbolLookup.loaderLookup();
  }

  private static MethodHandle handle(
      String name, @Nullable MemoryLayout result, MemoryLayout... parameters) {
    FunctionDescriptor descriptor =
        result == null
            ? FunctionDescriptor.ofVoid(parameters)
            : FunctionDescriptor.of(result, parameters);
    MemorySegment address =
        SYMBOLS.find(name).orElseThrow(() -> new TablesException("DuckDB's library lacks " + name));
    return LINKER.downcallHandle(address, descriptor);
  }

  /** A call through a method handle. */
  private interface Call<T> {
    T run() throws Throwable;
  }

  private static <T> T call(Call<T> call) {
    try {
      return call.run();
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new TablesException("a call of DuckDB failed", e);
    }
  }

  private static String text(MemorySegment address) {
    return address.equals(MemorySegment.NULL)
        ? "no reason given"
        : address.reinterpret(Long.MAX_VALUE).getString(0);
  }

  /** An open database with one connection. */
  record Connection(MemorySegment database, MemorySegment connection) {}

  /** Opens a database file; the options are names and values in turn. */
  static Connection open(String file, String... options) {
    return call(
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment config = arena.allocate(P);
            int ignored = (int) CREATE_CONFIG.invokeExact(config);
            for (int i = 0; i < options.length; i += 2) {
              int set =
                  (int)
                      SET_CONFIG.invokeExact(
                          config.get(P, 0),
                          arena.allocateFrom(options[i]),
                          arena.allocateFrom(options[i + 1]));
              if (set != 0) {
                throw new TablesException("DuckDB refused the option " + options[i]);
              }
            }
            MemorySegment database = arena.allocate(P);
            MemorySegment error = arena.allocate(P);
            int opened =
                (int) OPEN.invokeExact(arena.allocateFrom(file), database, config.get(P, 0), error);
            DESTROY_CONFIG.invokeExact(config);
            if (opened != 0) {
              String why = text(error.get(P, 0));
              FREE.invokeExact(error.get(P, 0));
              throw new TablesException("DuckDB cannot open " + file + ": " + why);
            }
            MemorySegment connection = arena.allocate(P);
            int connected = (int) CONNECT.invokeExact(database.get(P, 0), connection);
            if (ignored + connected != 0) {
              throw new TablesException("DuckDB gives no connection to " + file);
            }
            return new Connection(database.get(P, 0), connection.get(P, 0));
          }
        });
  }

  static void close(Connection connection) {
    destroy(DISCONNECT, connection.connection());
    destroy(CLOSE, connection.database());
  }

  private static void destroy(MethodHandle destructor, MemorySegment handle) {
    call(
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            destructor.invokeExact(arena.allocateFrom(P, handle));
            return handle;
          }
        });
  }

  /** Runs one or more statements; the first value of the last one's first row, or 0. */
  static long query(Connection connection, String sql) {
    return call(
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment result = arena.allocate(RESULT_BYTES, Long.BYTES);
            int state =
                (int) QUERY.invokeExact(connection.connection(), arena.allocateFrom(sql), result);
            String error = state == 0 ? "" : text((MemorySegment) RESULT_ERROR.invokeExact(result));
            long value = state == 0 ? (long) VALUE_INT64.invokeExact(result, 0L, 0L) : 0;
            DESTROY_RESULT.invokeExact(result);
            if (state != 0) {
              throw new TablesException("DuckDB refused: " + sql + ": " + error);
            }
            return value;
          }
        });
  }

  static MemorySegment createAppender(Connection connection, String schema, String table) {
    return call(
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment appender = arena.allocate(P);
            int state =
                (int)
                    APPENDER_CREATE.invokeExact(
                        connection.connection(),
                        arena.allocateFrom(schema),
                        arena.allocateFrom(table),
                        appender);
            if (state != 0) {
              throw new TablesException(
                  "DuckDB cannot append to " + table + ": " + error(appender.get(P, 0)));
            }
            return appender.get(P, 0);
          }
        });
  }

  private static String error(MemorySegment appender) {
    return call(() -> text((MemorySegment) APPENDER_ERROR.invokeExact(appender)));
  }

  /** Rows for so many columns of an appender's table. */
  static MemorySegment createChunk(MemorySegment appender, int columns) {
    return call(
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            MemorySegment types = arena.allocate(P, columns);
            for (int i = 0; i < columns; i++) {
              types.setAtIndex(
                  P, i, (MemorySegment) APPENDER_COLUMN_TYPE.invokeExact(appender, (long) i));
            }
            MemorySegment chunk = (MemorySegment) CREATE_CHUNK.invokeExact(types, (long) columns);
            for (int i = 0; i < columns; i++) {
              DESTROY_TYPE.invokeExact(types.asSlice(i * P.byteSize(), P));
            }
            return chunk;
          }
        });
  }

  static void append(MemorySegment appender, MemorySegment chunk, int rows) {
    call(
        () -> {
          CHUNK_SIZE.invokeExact(chunk, (long) rows);
          int state = (int) APPEND_CHUNK.invokeExact(appender, chunk);
          if (state != 0) {
            throw new TablesException("DuckDB refused rows: " + error(appender));
          }
          RESET_CHUNK.invokeExact(chunk);
          return rows;
        });
  }

  static void flush(MemorySegment appender) {
    call(
        () -> {
          int state = (int) APPENDER_FLUSH.invokeExact(appender);
          if (state != 0) {
            throw new TablesException("DuckDB refused rows: " + error(appender));
          }
          return state;
        });
  }

  static void destroyAppender(MemorySegment appender) {
    call(
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            return (int) APPENDER_DESTROY.invokeExact(arena.allocateFrom(P, appender));
          }
        });
  }

  static void destroyChunk(MemorySegment chunk) {
    destroy(DESTROY_CHUNK, chunk);
  }

  static MemorySegment vector(MemorySegment chunk, int column) {
    return call(() -> (MemorySegment) CHUNK_VECTOR.invokeExact(chunk, (long) column));
  }

  /** The memory of a vector's values. */
  static MemorySegment data(MemorySegment vector, long bytes) {
    return call(() -> ((MemorySegment) VECTOR_DATA.invokeExact(vector)).reinterpret(bytes));
  }

  /** A bit for each row, 1 for a value, 0 for NULL. */
  static MemorySegment validity(MemorySegment vector, long bytes) {
    return call(
        () -> {
          VECTOR_WRITABLE.invokeExact(vector);
          return ((MemorySegment) VECTOR_VALIDITY.invokeExact(vector)).reinterpret(bytes);
        });
  }

  /** Copies a text of UTF-8 into the vector. */
  static void assignText(MemorySegment vector, int row, MemorySegment bytes, int length) {
    call(
        () -> {
          VECTOR_TEXT.invokeExact(vector, (long) row, bytes, (long) length);
          return row;
        });
  }

  /** The vector of the elements of all lists, made large enough. */
  static MemorySegment listChild(MemorySegment vector, int elements) {
    return call(
        () -> {
          int state =
              (int) LIST_RESERVE.invokeExact(vector, (long) elements)
                  + (int) LIST_SIZE.invokeExact(vector, (long) elements);
          if (state != 0) {
            throw new TablesException("DuckDB refused a list of " + elements);
          }
          return (MemorySegment) LIST_CHILD.invokeExact(vector);
        });
  }

  static MemorySegment structChild(MemorySegment vector, int member) {
    return call(() -> (MemorySegment) STRUCT_CHILD.invokeExact(vector, (long) member));
  }
}
