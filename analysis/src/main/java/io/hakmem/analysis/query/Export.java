package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.EventTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Writes loaded recordings for other tools. Everything is written beside the target and moved there
 * when it is complete, so a failure leaves nothing behind, and the old target if there was one.
 */
public final class Export {

  /** What is written; the name is the file's ending. */
  public enum Format {
    duckdb,
    parquet,
    csv
  }

  private static final String FRAMES = "frames";
  private static final int LONGEST_NAME = 200;

  private final EventTables tables;
  private final Path target;
  private final boolean force;

  public Export(EventTables tables, Path target, boolean force) {
    this.tables = tables;
    this.target = target.toAbsolutePath();
    this.force = force;
  }

  /**
   * Refuses a target that cannot be, before anything is loaded.
   *
   * @throws ExportException if it exists and is not to be replaced, or its folder does not exist
   */
  public static void checkTarget(Path target, boolean force) throws ExportException {
    Path folder = target.toAbsolutePath().getParent();
    if (folder == null || !Files.isDirectory(folder)) {
      throw new ExportException("the folder of " + target + " does not exist", true, null);
    }
    if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new ExportException(
          target + " exists; choose another target, or replace it with --force", true, null);
    }
  }

  /**
   * Writes all tables: a database, or a folder with one file each. What was written, in words.
   *
   * @throws ExportException if that fails
   */
  public String all(Format format) throws ExportException {
    if (format == Format.duckdb) {
      publish(this::database);
      return target + " (every table, with functions and views)";
    }
    Map<String, String> files = fileNames(names());
    publish(
        partial -> {
          Files.createDirectory(partial);
          for (Map.Entry<String, String> file : files.entrySet()) {
            String table = file.getKey();
            copy(
                "FROM " + (table.equals(FRAMES) ? "hakmem.frames" : "jfr." + Quoted.name(table)),
                partial.resolve(file.getValue() + "." + format),
                format);
          }
        });
    return target + " (a folder with " + files.size() + " tables)";
  }

  /**
   * Writes one table. Stack traces are text, since nothing beside the file could resolve them.
   *
   * @throws ExportException if there is no such table, or if it cannot be written
   */
  public String one(Format format, String table) throws ExportException {
    List<String> names = names();
    if (!names.contains(table)) {
      String hint = Nearest.to(table, names).map(n -> "; did you mean " + n + "?").orElse("");
      throw new ExportException("the recording has no table " + table + hint, true, null);
    }
    publish(partial -> copy(selection(table), partial, format));
    return target + " (table " + table + ")";
  }

  private String selection(String table) throws SQLException {
    if (table.equals(FRAMES)) {
      return "FROM hakmem.frames";
    }
    String from = "jfr." + Quoted.name(table);
    List<String> columns = Catalog.of(connection()).tables().getOrDefault(table, List.of());
    boolean stacks = columns.contains("stackTrace");
    return stacks
        ? "SELECT * REPLACE (TRUNCATE_STACKTRACE(\"stackTrace\", 2147483647) AS \"stackTrace\") FROM "
            + from
        : "FROM " + from;
  }

  /** The event types, and the frames that their stacks refer to. */
  private List<String> names() {
    List<String> names = new ArrayList<>();
    Catalog.of(connection()).tables().keySet().stream().filter(tables::knows).forEach(names::add);
    names.add(FRAMES);
    return names;
  }

  /**
   * A file's name for each table, without its ending. Many file systems take names that differ only
   * in case for the same: those, and what the recording's names lose here, get numbers.
   */
  static Map<String, String> fileNames(List<String> tables) {
    Set<String> taken = new HashSet<>();
    Map<String, String> names = new LinkedHashMap<>();
    // Those that need no change first: they keep their names.
    List<String> order =
        tables.stream()
            .sorted(Comparator.comparing((String table) -> !fileName(table).equals(table)))
            .toList();
    for (String table : order) {
      String name = fileName(table);
      String candidate = name;
      for (int i = 2; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
        candidate = name + "_" + i;
      }
      names.put(table, candidate);
    }
    return names;
  }

  /**
   * A type's name comes from the recording: it must not lead out of the folder, and no file system
   * takes one of any length.
   */
  private static String fileName(String table) {
    String safe = table.replaceAll("[^A-Za-z0-9._$-]", "_");
    safe = safe.startsWith(".") ? "_" + safe : safe;
    return safe.length() > LONGEST_NAME ? safe.substring(0, LONGEST_NAME) : safe;
  }

  private Connection connection() {
    return tables.database().connection();
  }

  private void copy(String selection, Path file, Format format) throws SQLException {
    execute(
        "COPY (%s) TO %s (%s)"
            .formatted(
                selection,
                Quoted.text(file.toString()),
                format == Format.csv ? "FORMAT csv, HEADER" : "FORMAT parquet, COMPRESSION zstd"));
  }

  /**
   * The schema's macros and views come along; views in {@code main} make JFR the default schema.
   */
  private void database(Path file) throws SQLException {
    execute("ATTACH " + Quoted.text(file.toString()) + " AS hakmem_export (READ_WRITE)");
    try {
      String source;
      try (Statement statement = connection().createStatement();
          ResultSet row = statement.executeQuery("SELECT current_database()")) {
        row.next();
        source = row.getString(1);
      }
      execute("COPY FROM DATABASE " + Quoted.name(source) + " TO hakmem_export");
      for (String table : Catalog.of(connection()).tables().keySet()) {
        if (tables.knows(table)) {
          execute(
              "CREATE VIEW hakmem_export.main.%1$s AS FROM jfr.%1$s".formatted(Quoted.name(table)));
        }
      }
    } finally {
      execute("DETACH hakmem_export");
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection().createStatement()) {
      statement.execute(sql);
    }
  }

  /** Writes the target under another name. */
  private interface Writer {
    void write(Path partial) throws SQLException, IOException;
  }

  private void publish(Writer writer) throws ExportException {
    Path partial =
        target.resolveSibling(
            "." + target.getFileName() + "." + ProcessHandle.current().pid() + ".part");
    try {
      writer.write(partial);
      move(partial);
    } catch (SQLException | IOException e) {
      throw new ExportException(target + " cannot be written: " + reason(e), false, e);
    } finally {
      delete(partial);
      delete(partial.resolveSibling(partial.getFileName() + ".wal"));
    }
  }

  private static String reason(Exception e) {
    String message = String.valueOf(e.getMessage());
    return message.lines().findFirst().orElse(message);
  }

  private void move(Path partial) throws IOException {
    if (!force && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileAlreadyExistsException("it appeared while it was being written");
    }
    if (force && (Files.isDirectory(target) || Files.isDirectory(partial))) {
      // A folder cannot be replaced in one step; the old one waits aside until the new one is
      // there.
      Path old = target.resolveSibling(partial.getFileName() + ".old");
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        Files.move(target, old);
      }
      try {
        Files.move(partial, target);
      } catch (IOException e) {
        if (Files.exists(old, LinkOption.NOFOLLOW_LINKS)) {
          Files.move(old, target);
        }
        throw e;
      }
      delete(old);
    } else {
      Files.move(partial, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void delete(Path path) {
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
