package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.compare.Comparison;
import io.hakmem.analysis.doctor.Diagnosis;
import io.hakmem.analysis.render.RecordJson;
import io.hakmem.analysis.trial.TrialMembers;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathJson;
import io.hakmem.analysis.verdict.LayerHypothesis;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The members that {@code docs/json.md} documents are those that are printed, no more, no fewer.
 */
class JsonDocsTest {

  private static final Path DOCS =
      Path.of(System.getProperty("basedir", "")).resolve("docs/json.md");
  private static final Pattern SECTION = Pattern.compile("(?m)^## `(hakmem-[a-z]+/\\d+)`");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

  /** A record with a value in each component, and one element in each list. */
  private static Object sample(Type type) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType list) {
      return List.of(sample(list.getActualTypeArguments()[0]));
    }
    Class<?> wanted = (Class<?>) type;
    if (wanted.isRecord()) {
      RecordComponent[] components = wanted.getRecordComponents();
      Object[] values = new Object[components.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = sample(components[i].getGenericType());
      }
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      return wanted.getDeclaredConstructor(types).newInstance(values);
    }
    if (wanted.isEnum()) {
      return wanted.getEnumConstants()[0];
    }
    return switch (wanted.getName()) {
      case "boolean" -> true;
      case "int" -> 7;
      case "long" -> 7L;
      case "double" -> 0.7;
      case "java.time.Instant" -> Instant.EPOCH;
      default -> "text";
    };
  }

  private static <T> T sampleOf(Class<T> type) throws ReflectiveOperationException {
    return type.cast(sample(type));
  }

  private static Set<String> documented(String schema) throws Exception {
    String docs = Files.readString(DOCS);
    Matcher section = SECTION.matcher(docs);
    while (section.find()) {
      if (section.group(1).equals(schema)) {
        int end = docs.indexOf("\n## ", section.end());
        Matcher row = ROW.matcher(docs.substring(section.end(), end < 0 ? docs.length() : end));
        List<String> members = new ArrayList<>();
        while (row.find()) {
          members.add(row.group(1));
        }
        assertEquals(members.size(), new TreeSet<>(members).size(), "a member is there twice");
        return new TreeSet<>(members);
      }
    }
    throw new AssertionError("docs/json.md has no section " + schema);
  }

  private static void isDocumented(String schema, String json) throws Exception {
    assertTrue(json.startsWith("{\n  \"schema\": \"" + schema + "\""), json);
    assertEquals(documented(schema), new TreeSet<>(TrialMembers.of(json)));
  }

  @Test
  void theVerdict() throws Exception {
    isDocumented(HotPathJson.SCHEMA, HotPathJson.render(sampleOf(HotPath.class)));
  }

  @Test
  void theAnswerToAHypothesis() throws Exception {
    isDocumented(
        HotPathJson.HYPOTHESIS_SCHEMA, HotPathJson.render(sampleOf(LayerHypothesis.class)));
  }

  @Test
  void theDiagnosis() throws Exception {
    String json = RecordJson.render(sampleOf(Diagnosis.class));
    isDocumented("hakmem-doctor/1", json.replaceFirst("\"text\"", "\"hakmem-doctor/1\""));
  }

  @Test
  void theComparison() throws Exception {
    String json = RecordJson.render(sampleOf(Comparison.class));
    isDocumented("hakmem-compare/1", json.replaceFirst("\"text\"", "\"hakmem-compare/1\""));
  }

  @Test
  void theTrial() throws Exception {
    isDocumented("hakmem-trial/1", TrialMembers.ofTrial());
  }
}
