package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.duration;
import static io.hakmem.analysis.render.Texts.percent;
import static io.hakmem.analysis.render.Texts.rate;
import static io.hakmem.analysis.render.Texts.wrap;

import io.hakmem.analysis.render.TextTable;
import io.hakmem.analysis.render.Texts;
import java.util.List;
import java.util.Locale;

/** The verdict as text for a terminal. */
public final class HotPathText {

  private static final String INDENT = "  ";
  private static final int TOP = 8;
  private static final int BAR_COLUMNS = 24;
  private static final int SHORT_BAR_COLUMNS = 8;
  private static final int WIDE = 96;

  private HotPathText() {}

  /** Lines of at most {@code width} columns, without colours, each ended by a newline. */
  public static String render(HotPath hotPath, int width) {
    Evidence evidence = hotPath.evidence();
    StringBuilder text = new StringBuilder(renderBrief(hotPath, width));
    WeighingText.append(text, hotPath, width);
    if (!evidence.counters().isEmpty()) {
      section(text, "Fast path by size class (exact, since the start)", counters(evidence), width);
    }
    if (!evidence.fallbacks().isEmpty()) {
      section(text, "Slow-path fallbacks", fallbacks(evidence), width);
    }
    if (!evidence.rejections().isEmpty()) {
      section(text, "Capacity rejections", rejections(evidence), width);
    }
    if (!evidence.methods().isEmpty()) {
      section(text, "Methods", spots(evidence.methods()), width);
      section(text, "Lines", spots(evidence.lines()), width);
    }
    if (!evidence.applicationPackages().isEmpty()) {
      section(text, "Application packages", spots(evidence.applicationPackages()), width);
    }
    return text.toString();
  }

  /** As {@link #render}, but the verdict and the layers only. */
  public static String renderBrief(HotPath hotPath, int width) {
    StringBuilder text = new StringBuilder(wrap(HotPathSentence.of(hotPath), width));
    text.append(wrap(origin(hotPath), width));
    hotPath.warnings().forEach(warning -> text.append(wrap("Note: " + warning, width)));
    if (!hotPath.layers().isEmpty()) {
      section(text, "Layers by CPU samples", layers(hotPath.layers(), width), width);
    }
    return text.toString();
  }

  static void section(StringBuilder text, String title, TextTable table, int width) {
    text.append('\n').append(title).append('\n').append(table.render(INDENT, width));
  }

  private static String origin(HotPath hotPath) {
    List<PathChange> changes = hotPath.evidence().pathChanges();
    String by = changes.isEmpty() ? "" : ", by " + changes.getLast().by();
    String sampler = hotPath.evidence().sampleEvent();
    return "%s: %s CPU samples%s; push path %s (%s%s)."
        .formatted(
            hotPath.recording(),
            count(hotPath.samples()),
            sampler.isEmpty() ? "" : " of " + sampler,
            hotPath.freePath(),
            hotPath.proven() ? "proven" : "not proven",
            by);
  }

  private static TextTable layers(List<LayerShare> layers, int width) {
    TextTable table =
        TextTable.of("layer", ">share", ">95 % interval", ">samples", ">if it were free", "");
    for (LayerShare layer : layers) {
      table.row(
          layer.layer(),
          percent(layer.share()),
          interval(layer),
          count(layer.samples()),
          gain(layer),
          Texts.bar(layer.share(), width < WIDE ? SHORT_BAR_COLUMNS : BAR_COLUMNS));
    }
    return table;
  }

  static String interval(LayerShare layer) {
    return String.format(Locale.ROOT, "%.1f–%.1f %%", 100 * layer.low(), 100 * layer.high());
  }

  private static String gain(LayerShare layer) {
    double gain = layer.gainIfFree();
    return Double.isInfinite(gain)
        ? "no bound"
        : String.format(Locale.ROOT, "at most +%.0f %%", 100 * gain);
  }

  private static TextTable counters(Evidence evidence) {
    TextTable table =
        TextTable.of(
            ">class",
            ">block",
            ">allocates",
            ">hit rate",
            ">refills",
            ">frees",
            ">hit rate",
            ">rejections");
    for (ClassCounters counters : evidence.counters()) {
      table.row(
          String.valueOf(counters.sizeClass()),
          counters.blockSize() + " B",
          count(counters.allocateHits() + counters.refills()),
          rate(counters.allocateHitRate()),
          count(counters.refills()),
          count(counters.freeHits() + counters.rejections()),
          rate(counters.freeHitRate()),
          count(counters.rejections()));
    }
    return table;
  }

  private static TextTable fallbacks(Evidence evidence) {
    TextTable table =
        TextTable.of("operation", "reason", "source", ">count", ">total", ">longest", ">blocks");
    for (FallbackCause cause : evidence.fallbacks()) {
      table.row(
          cause.operation(),
          cause.reason(),
          cause.source(),
          count(cause.count()),
          duration(cause.totalNanos()),
          duration(cause.maxNanos()),
          count(cause.blocksMoved()));
    }
    return table;
  }

  private static TextTable rejections(Evidence evidence) {
    TextTable table = TextTable.of(">class", ">count", ">blocks spilled");
    for (ClassRejections rejections : evidence.rejections()) {
      table.row(
          String.valueOf(rejections.sizeClass()),
          count(rejections.count()),
          count(rejections.blocksSpilled()));
    }
    return table;
  }

  private static TextTable spots(List<HotSpot> spots) {
    TextTable table = TextTable.of(">share", ">samples", "layer", "where");
    spots.stream()
        .limit(TOP)
        .forEach(
            spot ->
                table.row(percent(spot.share()), count(spot.samples()), spot.layer(), spot.name()));
    return table;
  }
}
