package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page on SQL. */
class SqlDocsTest {

  private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void everyExampleHasAnAnswer() throws Exception {
    Path file = Recorded.recordBare(folder.resolve("some.jfr"), Recorded::emitAll);
    List<String> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("docs", "sql.md")));
    while (block.find()) {
      examples.add(block.group(1));
    }
    assertTrue(examples.size() >= 4, () -> "only " + examples.size());
    for (String example : examples) {
      MainRun run = MainRun.of("sql", "--format", "csv", file.toString(), example);
      assertEquals(0, run.code(), run.err());
      assertEquals("", run.err());
      assertTrue(run.out().lines().count() >= 2, example + run.out());
    }
  }
}
