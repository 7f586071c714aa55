package io.hakmem.analysis.doctor;

import io.hakmem.analysis.render.Markdown;
import java.util.List;

/** A diagnosis as a Markdown table. */
public final class DiagnosisMarkdown {

  private DiagnosisMarkdown() {}

  public static String render(Diagnosis diagnosis) {
    return new Markdown()
        .heading(2, "Doctor: " + diagnosis.recording())
        .paragraph(DiagnosisText.summary(diagnosis))
        .table(
            List.of("check", "", "evidence", "remedy"),
            diagnosis.findings().stream()
                .map(f -> List.of(f.id(), f.health().label(), f.evidence(), f.remedy()))
                .toList())
        .toString();
  }
}
