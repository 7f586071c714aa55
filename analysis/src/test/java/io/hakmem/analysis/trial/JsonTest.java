package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTest {

  private static String one(Object value) {
    return Json.write(value).stripTrailing();
  }

  @Test
  void scalars() {
    assertEquals("null\n", Json.write(null));
    assertEquals("true", one(true));
    assertEquals("-7", one(-7L));
    assertEquals("0.25", one(0.25));
    assertEquals("1.0E8", one(1e8));
    assertEquals("null", one(Double.NaN));
    assertEquals("null", one(Double.POSITIVE_INFINITY));
  }

  @Test
  void everyControlCharacterIsEscaped() {
    for (char c = 0; c < 0x20; c++) {
      String written = one(String.valueOf(c));
      assertEquals('\\', written.charAt(1), "character " + (int) c);
    }
    assertEquals("\"a\\\"b\\\\c\\n\\r\\t\\u0000\\u007f\"", one("a\"b\\c\n\r\t\0\u007f"));
  }

  @Test
  void textBeyondAsciiSurvives() {
    assertEquals("\"ü…\"", one("ü…"));
    assertEquals("\"\\ud83d\\ude00\"", one("\ud83d\ude00"));
    assertEquals("\"\\ud83d\"", one("\ud83d"));
  }

  @Test
  void nestsAndKeepsTheOrder() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", List.of(1, List.of()));
    map.put("a\"", Map.of());
    String expected =
        """
        {
          "z": [
            1,
            []
          ],
          "a\\"": {}
        }
        """;
    assertEquals(expected.replaceAll("\\s", ""), Json.write(map).replaceAll("\\s", ""));
  }

  @Test
  void otherTypesAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> Json.write(new Object()));
  }

  @ParameterizedTest
  @CsvSource({
    "123456789, 123.5",
    "NaN, -",
  })
  void millions(double operations, String expected) {
    assertEquals(expected, Numbers.million(operations));
  }

  @ParameterizedTest
  @CsvSource({"4.2, +320 %", "0.9, -10 %", "1, +0 %", "NaN, -", "Infinity, without bound"})
  void improvements(double ratio, String expected) {
    assertEquals(expected, Numbers.improvement(ratio));
  }
}
