package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.percent;

import io.hakmem.analysis.render.Markdown;
import java.util.List;
import java.util.Locale;

/** The verdict as Markdown: layers, costs, witnesses, recommendations, methods. */
public final class HotPathMarkdown {

  private static final int TOP = 8;

  private HotPathMarkdown() {}

  public static String render(HotPath hotPath) {
    Markdown text =
        new Markdown()
            .heading(2, hotPath.recording())
            .paragraph(HotPathSentence.of(hotPath))
            .paragraph(
                "%s CPU samples of %s; push path %s (%s)."
                    .formatted(
                        count(hotPath.samples()),
                        hotPath.evidence().sampleEvent(),
                        hotPath.freePath(),
                        hotPath.proven() ? "proven" : "not proven"));
    hotPath.warnings().forEach(warning -> text.paragraph("Note: " + warning));
    text.table(
        List.of("layer", ">share", ">95 %", ">samples", ">at most"),
        hotPath.layers().stream()
            .map(
                layer ->
                    List.of(
                        layer.layer(),
                        percent(layer.share()),
                        HotPathText.interval(layer),
                        count(layer.samples()),
                        Double.isInfinite(layer.gainIfFree())
                            ? "no bound"
                            : String.format(Locale.ROOT, "+%.0f %%", 100 * layer.gainIfFree())))
            .toList());
    text.table(
        List.of("method", "layer", ">share"),
        hotPath.evidence().methods().stream()
            .limit(TOP)
            .map(spot -> List.of(spot.name(), spot.layer(), percent(spot.share())))
            .toList());
    hotPath
        .weighing()
        .witnesses()
        .forEach(w -> text.paragraph("%s: %s.".formatted(w.witness(), w.numbers())));
    hotPath.recommendations().forEach(r -> text.paragraph(r.sentence()));
    return text.toString();
  }
}
