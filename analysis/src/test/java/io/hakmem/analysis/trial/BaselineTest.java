package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a trial reads from outside: earlier JSON, the agent's answer, an own program's figures. */
class BaselineTest {

  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("text", "quotes \" and \\ and \n and ü and \u0001");
    map.put("numbers", List.of(1.5, -2e-7, 1e300));
    map.put("yes", true);
    map.put("nested", Map.of("empty", List.of(), "none", Map.of()));
    assertEquals(map, JsonReader.read(Json.write(map)));
  }

  @Test
  void whatIsNoJsonIsRefused() {
    for (String wrong : List.of("", "{", "[1,]", "{\"a\":}", "nul", "1 2", "\"\\u12\"", "\"open")) {
      assertThrows(IllegalArgumentException.class, () -> JsonReader.read(wrong), wrong);
    }
  }

  @Test
  void onlyATrialsJsonIsABaseline() throws IOException {
    Path other = Files.writeString(folder.resolve("other.json"), "{\"schema\": \"x\"}");
    assertTrue(
        String.valueOf(assertThrows(IOException.class, () -> Baseline.read(other)).getMessage())
            .contains("evaluate --json"));
    Path trial =
        Files.writeString(
            folder.resolve("trial.json"),
            """
            {"schema": "hakmem-trial/1", "machine": {"commit": "abc", "cpu": "x"}, "runs": [
              {"kind": "figure", "row": "ws256", "path": "direct", "operationsPerSecond": 1e8, "problem": ""},
              {"kind": "figure", "row": "ws256", "path": "direct", "operationsPerSecond": null, "problem": "crash"},
              {"kind": "stress", "row": "ws8192", "path": "direct", "operationsPerSecond": 2e8, "problem": ""}]}
            """);
    Baseline baseline = Baseline.read(trial);
    assertEquals(Map.of("ws256/direct", List.of(1e8)), baseline.figures());
    assertEquals("abc", baseline.commit());
  }

  @Test
  void theBootstrapCoversTheMedianAndIsTheSameEachTime() {
    List<Double> values = List.of(4.8, 5.0, 5.1, 5.3, 5.0, 4.9);
    Bootstrap once = Bootstrap.median(values);
    assertEquals(once, Bootstrap.median(values));
    assertEquals(5.0, once.median(), 1e-12);
    assertTrue(once.low() >= 4.8 && once.low() <= 5.0, once::toString);
    assertTrue(once.high() >= 5.0 && once.high() <= 5.3, once::toString);
    assertTrue(Double.isNaN(Bootstrap.median(List.of(1.0, 2.0)).low()));
    Bootstrap doubled = Bootstrap.ratio(values.stream().map(value -> 2 * value).toList(), values);
    assertEquals(2, doubled.median(), 1e-12);
    assertTrue(doubled.excludes(1));
  }

  @Test
  void theAgentsAnswerNamesItsPaths() {
    assertEquals(
        List.of(PushPath.CHECKED_SCAN, PushPath.DIRECT, PushPath.GUARDED),
        AgentPaths.parse(
            "hakmem-agent: unknown push path '?'; valid: push=direct|guarded|checked-scan,"
                + " verbose=true|false; the application runs on unchanged"));
    assertEquals(PushPath.COMPARED, AgentPaths.parse("something else"));
  }
}
