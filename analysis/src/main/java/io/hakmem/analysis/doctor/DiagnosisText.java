package io.hakmem.analysis.doctor;

import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.Texts;
import io.hakmem.analysis.render.VisibleText;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** A diagnosis for people: faults first, then warnings, what is not known, what is fine. */
public final class DiagnosisText {

  private static final List<Health> ORDER =
      List.of(Health.FAULT, Health.WARNING, Health.NOT_KNOWN, Health.OK);
  private static final String INDENT = "           ";

  private DiagnosisText() {}

  /** Lines of at most {@code width} columns, each ended by a newline. */
  public static String render(Diagnosis diagnosis, int width, Paint paint) {
    StringBuilder text = new StringBuilder(paint.bold(summary(diagnosis))).append('\n');
    diagnosis.findings().stream()
        .sorted(Comparator.comparingInt(finding -> ORDER.indexOf(finding.health())))
        .forEach(finding -> append(text, finding, width, paint));
    return text.toString();
  }

  static String summary(Diagnosis diagnosis) {
    return "%s: %s, %s, %d not known, %d fine."
        .formatted(
            VisibleText.of(diagnosis.recording()),
            counted(diagnosis.count(Health.FAULT), "fault"),
            counted(diagnosis.count(Health.WARNING), "warning"),
            diagnosis.count(Health.NOT_KNOWN),
            diagnosis.count(Health.OK));
  }

  private static String counted(long count, String what) {
    return count == 1 ? "1 " + what : count + " " + what + "s";
  }

  private static void append(StringBuilder text, Finding finding, int width, Paint paint) {
    String label = String.format(Locale.ROOT, "%-9s", finding.health().label());
    text.append(painted(label, finding.health(), paint))
        .append("  ")
        .append(finding.id())
        .append(": ")
        .append(finding.question())
        .append('\n');
    indented(text, finding.evidence(), width);
    if (!finding.remedy().isEmpty()) {
      indented(text, "→ " + finding.remedy(), width);
    }
  }

  private static void indented(StringBuilder text, String words, int width) {
    Texts.wrap(words, width - INDENT.length())
        .lines()
        .forEach(line -> text.append(INDENT).append(line).append('\n'));
  }

  private static String painted(String label, Health health, Paint paint) {
    return switch (health) {
      case FAULT -> paint.red(label);
      case WARNING -> paint.yellow(label);
      case OK -> paint.green(label);
      case NOT_KNOWN -> label;
    };
  }
}
