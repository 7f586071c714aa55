package io.hakmem.analysis.tables;

import io.hakmem.analysis.query.QueryException;
import io.hakmem.analysis.query.UserSql;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.render.ResultFormat;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Recordings with wrong bytes: whatever is in them, loading and asking for everything ends, with
 * the tables or with one line. Also a program, for as long as one likes: {@code Mutations FILE
 * [COUNT [SEED]]}.
 */
final class Mutations {

  private static final int MOST_BYTES = 12;
  private static final int REPORTED = 100;

  private final byte[] content;
  private final Path file;

  Mutations(byte[] content, Path file) {
    this.content = content.clone();
    this.file = file;
  }

  public static void main(String[] arguments) throws Exception {
    byte[] content = Files.readAllBytes(Path.of(arguments[0]));
    int count = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000;
    long first = arguments.length > 2 ? Long.parseLong(arguments[2]) : 1;
    Mutations mutations = new Mutations(content, Files.createTempFile("mutated", ".jfr"));
    int refused = 0;
    long slowest = 0;
    for (long seed = first; seed < first + count; seed++) {
      long start = System.nanoTime();
      try {
        refused += mutations.survive(seed) ? 0 : 1;
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + seed, e);
      }
      slowest = Math.max(slowest, System.nanoTime() - start);
      if ((seed - first + 1) % REPORTED == 0 || seed - first + 1 == count) {
        System.out.printf(
            Locale.ROOT,
            "%d mutated files, %d refused, slowest %.1f s%n",
            seed - first + 1,
            refused,
            slowest / 1e9);
      }
    }
    Files.delete(mutations.file);
  }

  /** Loads a mutated copy and reads every row of every table; whether there were any tables. */
  boolean survive(long seed) throws Exception {
    Files.write(file, mutated(new Random(seed)));
    try (EventTables tables = EventTables.load(List.of(file))) {
      UserSql sql = UserSql.lock(tables.database().connection());
      for (String table : sql.catalog().tables().keySet()) {
        String schema = tables.knows(table) ? "jfr." : "hakmem.";
        ask(
            sql,
            "FROM " + schema + Sql.identifier(table),
            seed % 2 == 0 ? ResultFormat.csv : ResultFormat.table);
      }
      return true;
    } catch (RecordingException e) {
      String message = String.valueOf(e.getMessage());
      if (message.lines().count() != 1 || !message.startsWith(file + ": ")) {
        throw new AssertionError("not one line about the file: " + message, e);
      }
      return false;
    }
  }

  private static void ask(UserSql sql, String statement, ResultFormat format) {
    try {
      PrintWriter out = new PrintWriter(Writer.nullWriter());
      sql.run(statement, format.writer(out, ResultFormat.UNLIMITED));
    } catch (QueryException e) {
      throw new AssertionError(statement + ": " + e.getMessage(), e);
    }
  }

  /** Mostly single bits and bytes; sometimes a run of one byte, or an end that is missing. */
  private byte[] mutated(Random random) {
    byte[] copy = content.clone();
    int places = 1 + random.nextInt(1 + random.nextInt(MOST_BYTES));
    for (int i = 0; i < places; i++) {
      int at = random.nextInt(copy.length);
      switch (random.nextInt(8)) {
        case 0 -> copy[at] = (byte) 0xFF;
        case 1 -> copy[at] = 0;
        case 2 -> {
          byte value = (byte) random.nextInt();
          for (int j = at; j < Math.min(copy.length, at + random.nextInt(64)); j++) {
            copy[j] = value;
          }
        }
        case 3 -> copy[at] = (byte) random.nextInt();
        default -> copy[at] ^= (byte) (1 << random.nextInt(8));
      }
    }
    return random.nextInt(10) == 0 ? Arrays.copyOf(copy, random.nextInt(copy.length)) : copy;
  }

  /** What a whole file's tables hold, to see that the content is worth mutating. */
  static String everything(Path recording) throws Exception {
    StringWriter text = new StringWriter();
    try (EventTables tables = EventTables.load(List.of(recording))) {
      UserSql sql = UserSql.lock(tables.database().connection());
      PrintWriter out = new PrintWriter(text);
      for (String table : sql.catalog().tables().keySet()) {
        String schema = tables.knows(table) ? "jfr." : "hakmem.";
        sql.run(
            "FROM " + schema + Sql.identifier(table),
            ResultFormat.csv.writer(out, ResultFormat.UNLIMITED));
      }
      out.flush();
    }
    return text.toString();
  }
}
