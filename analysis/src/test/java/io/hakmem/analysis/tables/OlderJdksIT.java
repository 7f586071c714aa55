package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings of every JDK from 11 on that this machine has, field by field as today's reads them.
 */
class OlderJdksIT {

  private static final Path USUAL_PLACE = Path.of("/usr/lib/jvm");
  private static final int OLDEST = 11;

  private static final String PROGRAM =
      """
      public class Program {
        public static void main(String[] arguments) throws Exception {
          Thread worker = new Thread(Program::work, "größer als Latin-1: \\u2264");
          worker.start();
          work();
          worker.join();
          System.gc();
        }

        static void work() {
          long end = System.nanoTime() + 1_000_000_000L;
          double sum = 0;
          while (System.nanoTime() < end) {
            for (int i = 1; i < 10_000; i++) {
              sum += 1.0 / ((double) i * i + sum);
            }
            try {
              throw new IllegalStateException("on purpose " + sum);
            } catch (IllegalStateException e) {
              sum += new byte[10_000].length;
            }
          }
        }
      }
      """;

  @TempDir Path folder;

  /** Homes by feature version, those older than this JVM. */
  private static SortedMap<Integer, Path> jdks() throws IOException {
    SortedMap<Integer, Path> jdks = new TreeMap<>();
    if (!Files.isDirectory(USUAL_PLACE)) {
      return jdks;
    }
    try (DirectoryStream<Path> homes = Files.newDirectoryStream(USUAL_PLACE)) {
      for (Path home : homes) {
        Path release = home.resolve("release");
        if (Files.isReadable(release) && Files.isExecutable(home.resolve("bin/javac"))) {
          Properties properties = new Properties();
          try (InputStream in = Files.newInputStream(release)) {
            properties.load(in);
          }
          String version = properties.getProperty("JAVA_VERSION", "0").replace("\"", "");
          jdks.put(Integer.parseInt(version.split("\\D", 2)[0]), home);
        }
      }
    }
    return jdks.tailMap(OLDEST).headMap(Runtime.version().feature());
  }

  @Test
  void everyEventAgreesWithTheJdksReader() throws Exception {
    SortedMap<Integer, Path> jdks = jdks();
    assumeTrue(!jdks.isEmpty(), "no JDK from 11 to 24 in " + USUAL_PLACE);
    Path program = Files.writeString(folder.resolve("Program.java"), PROGRAM);
    for (int version : jdks.keySet()) {
      Path home = Objects.requireNonNull(jdks.get(version));
      Path file = folder.resolve("jdk" + version + ".jfr");
      Process child =
          new ProcessBuilder(
                  home.resolve("bin/java").toString(),
                  "-Dfile.encoding=UTF-8",
                  "-XX:StartFlightRecording=settings=profile,filename=" + file,
                  program.toString())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("out.txt").toFile())
              .start();
      assertEquals(0, child.waitFor(), Files.readString(folder.resolve("out.txt")));
      RecordingOracle.Comparison comparison = RecordingOracle.compare(file);
      assertEquals(List.of(), comparison.differences(), "JDK " + version);
      assertTrue(comparison.types() > 100, () -> "types: " + comparison.types());
      assertTrue(comparison.events() > 500, () -> "events: " + comparison.events());
      hasSamples(file, version);
    }
  }

  private static void hasSamples(Path file, int version) throws Exception {
    try (EventTables tables = EventTables.load(List.of(file));
        Statement statement = tables.database().connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM \"jdk.ExecutionSample\""
                    + " WHERE HAS_MATCHING_FRAME(\"stackTrace\", '.*Program\\.work\\(\\).*')")) {
      assertTrue(rows.next());
      assertTrue(rows.getLong(1) > 0, "JDK " + version);
    }
  }
}
