package io.hakmem.analysis.cli;

import io.hakmem.analysis.compare.Comparison;
import io.hakmem.analysis.compare.ComparisonMarkdown;
import io.hakmem.analysis.compare.ComparisonText;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.RecordJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem compare}: two recordings or sets of recordings side by side. */
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Says what differs between two recordings by more than the noise, and what explains it.",
      "Each side is a recording, several with commas between, or a folder of recordings."
    })
final class CompareCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "A", description = "Before, or the baseline.")
  private String first = "";

  @Parameters(index = "1", paramLabel = "B", description = "After, or the candidate.")
  private String second = "";

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Format format = Format.text;

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
        switch (format) {
          case json -> RecordJson.render(comparison);
          case md -> ComparisonMarkdown.render(comparison);
          case text -> ComparisonText.render(comparison, AnalyzeCommand.WIDTH, Paint.ofTerminal());
        });
    out.flush();
    return Main.OK;
  }

  private static String label(String side) {
    return String.valueOf(Path.of(side.split(",", 2)[0]).getFileName())
        + (side.contains(",") && !Files.exists(Path.of(side)) ? ",…" : "");
  }

  /** A name with a comma in it is one file if there is one. */
  private static List<Path> files(String side) throws RecordingException {
    Path path = Path.of(side);
    if (Files.isDirectory(path)) {
      return ofFolder(path);
    }
    return Files.exists(path) || !side.contains(",")
        ? List.of(path)
        : Stream.of(side.split(",")).map(Path::of).toList();
  }

  private static List<Path> ofFolder(Path folder) throws RecordingException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> recordings =
          files.filter(file -> file.toString().endsWith(".jfr")).sorted().toList();
      if (recordings.isEmpty()) {
        throw new RecordingException(folder, "has no recordings (.jfr)");
      }
      return recordings;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
