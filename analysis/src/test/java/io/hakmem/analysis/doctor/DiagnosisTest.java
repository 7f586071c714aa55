package io.hakmem.analysis.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.RecordJson;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiagnosisTest {

  private static final Check CHECK = new Check("other-load", "Did others?", "doctor/other-load");
  private static final Diagnosis SICK =
      Diagnosis.of(
          "a.jfr",
          List.of(
              new Check("path-known", "Which path?", "q").ok("direct | by agent."),
              CHECK.fault("Others used 51.7 % of all. ".repeat(9), "Stop them."),
              new Check("governor", "Full frequency?", "").notKnown("None.", "")));

  @Test
  void faultsComeFirstAndFitTheWidth() {
    String text = DiagnosisText.render(SICK, 100, Paint.OFF);
    assertTrue(text.startsWith("a.jfr: 1 fault, 0 warnings, 1 not known, 1 fine.\nfault "), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    assertFalse(text.contains("\u001b"), "no colours without a terminal");
    assertTrue(DiagnosisText.render(SICK, 100, Paint.ON).contains("\u001b[31mfault"));
  }

  @Test
  void jsonHasTheDocumentedMembers() {
    String json = RecordJson.render(SICK);
    for (String member :
        List.of(
            "\"schema\": \"hakmem-doctor/1\"",
            "\"recording\": \"a.jfr\"",
            "\"healthy\": false",
            "\"id\": \"other-load\"",
            "\"question\": \"Did others?\"",
            "\"health\": \"fault\"",
            "\"health\": \"not known\"",
            "\"remedy\": \"Stop them.\"",
            "\"query\": \"doctor/other-load\"")) {
      assertTrue(json.contains(member), () -> member + " in " + json);
    }
  }

  @Test
  void markdownEscapesWhatItWouldTakeAsItsOwn() {
    String text = DiagnosisMarkdown.render(SICK);
    assertTrue(text.contains("| path-known | ok | direct \\| by agent. |  |"), text);
  }

  @Test
  void gradesAboveItsBounds() {
    assertEquals(Health.OK, CHECK.graded(0.1, 0.1, 0.2, "", "").health());
    assertEquals(Health.WARNING, CHECK.graded(0.15, 0.1, 0.2, "", "").health());
    assertEquals(Health.FAULT, CHECK.graded(0.3, 0.1, 0.2, "", "").health());
  }
}
