package io.hakmem.analysis.cli;

import io.hakmem.analysis.compare.Comparison;
import io.hakmem.analysis.compare.ComparisonMarkdown;
import io.hakmem.analysis.compare.ComparisonText;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingPaths;
import io.hakmem.analysis.render.FormatOption;
import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.RecordJson;
import io.hakmem.analysis.render.Terminal;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem compare}: two recordings or sets of recordings side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Says what differs between two recordings by more than the noise, and what explains it.",
      "Each side is a recording, a folder of recordings, a pattern in quotes ('runs/*-a.jfr'), or"
          + " several of these with commas between."
    })
final class CompareCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "A", description = "Before, or the baseline.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "After, or the candidate.")
  private String second = "";

  @Mixin private FormatOption output = new FormatOption();

  @Mixin private CacheOption cache = new CacheOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RecordingException {
    Comparison comparison =
        Comparison.of(
            label(first),
            files(first),
            label(second),
            files(second),
            cache.options(spec.commandLine().getErr()));
    PrintWriter out = spec.commandLine().getOut();
    out.print(
        switch (output.format()) {
          case json -> RecordJson.render(comparison);
          case md -> ComparisonMarkdown.render(comparison);
          case text ->
              ComparisonText.render(
                  comparison, Terminal.reportColumns(AnalyzeCommand.WIDTH), Paint.ofTerminal());
        });
    out.flush();
    return Main.OK;
  }

  /** As the user named it, without the folders in front; of several the first. */
  private static String label(String side) {
    boolean several = side.contains(",") && !Files.exists(Path.of(side));
    Path name = Path.of(several ? side.split(",", 2)[0] : side).getFileName();
    return (name == null ? side : name.toString()) + (several ? ",…" : "");
  }

  /** A name with a comma in it is one file or folder if there is one. */
  private static List<Path> files(String side) throws RecordingException {
    boolean one = Files.exists(Path.of(side));
    return RecordingPaths.expand(
        one ? List.of(Path.of(side)) : Stream.of(side.split(",")).map(Path::of).toList());
  }
}
