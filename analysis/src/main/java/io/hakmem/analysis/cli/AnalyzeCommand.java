package io.hakmem.analysis.cli;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import io.hakmem.analysis.render.FormatOption;
import io.hakmem.analysis.render.FormatOption.Format;
import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.Terminal;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathAnalysis;
import io.hakmem.analysis.verdict.HotPathJson;
import io.hakmem.analysis.verdict.HotPathMarkdown;
import io.hakmem.analysis.verdict.HotPathText;
import io.hakmem.analysis.verdict.LayerHypothesis;
import io.hakmem.analysis.verdict.LayerHypothesisMarkdown;
import io.hakmem.analysis.verdict.LayerHypothesisText;
import io.hakmem.analysis.verdict.Layers;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem analyze}: the verdict on each recording. */
@Command(
    name = "analyze",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Prints the hot path of each recording with its evidence.")
final class AnalyzeCommand implements Callable<Integer> {

  static final int WIDTH = 100;

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "JFR recordings (.jfr).")
  private List<Path> files = List.of();

  @Mixin private FormatOption output = new FormatOption();

  @Option(
      names = "--hypothesis",
      paramLabel = "LAYER",
      description = {
        "Says whether that layer is the bottleneck: held, failed or undecided, and what to do now.",
        "A layer, or one of free-push, free, allocate, slow-path, allocator."
      })
  private @Nullable String hypothesis;

  @Mixin private CacheOption cache = new CacheOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    checkHypothesis();
    int code = Main.OK;
    boolean first = true;
    for (Path file : files) {
      if (!first && output.format() == Format.text) {
        spec.commandLine().getOut().println();
      }
      first = false;
      code = Math.max(code, analyze(file));
    }
    return code;
  }

  /** One unreadable file does not hide what the others say. */
  private int analyze(Path file) {
    PrintWriter out = spec.commandLine().getOut();
    try (EventTables tables = EventTables.open(file, cache.options(spec.commandLine().getErr()))) {
      HotPath hotPath = HotPathAnalysis.of(file, tables);
      out.print(hypothesis == null ? verdict(hotPath) : answer(hypothesis, hotPath));
      out.flush();
      return tables.outcomes().stream().anyMatch(Outcome::damaged) ? Main.UNREADABLE : Main.OK;
    } catch (RecordingException e) {
      return Recordings.complain(spec.commandLine().getErr(), e);
    }
  }

  private void checkHypothesis() {
    try {
      if (hypothesis != null) {
        Layers.named(hypothesis);
      }
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), "--hypothesis: " + e.getMessage(), e);
    }
  }

  private String verdict(HotPath hotPath) {
    return switch (output.format()) {
      case json -> HotPathJson.render(hotPath);
      case md -> HotPathMarkdown.render(hotPath);
      case text -> HotPathText.render(hotPath, Terminal.reportColumns(WIDTH));
    };
  }

  /** The hypothesis first; the brief verdict behind it, for people. */
  private String answer(String asked, HotPath hotPath) {
    LayerHypothesis weighed = LayerHypothesis.weigh(asked, hotPath);
    return switch (output.format()) {
      case json -> HotPathJson.render(weighed);
      case md -> LayerHypothesisMarkdown.render(weighed) + HotPathMarkdown.render(hotPath);
      case text ->
          LayerHypothesisText.render(weighed, Terminal.reportColumns(WIDTH), Paint.ofTerminal())
              + "\n"
              + HotPathText.renderBrief(hotPath, Terminal.reportColumns(WIDTH));
    };
  }
}
