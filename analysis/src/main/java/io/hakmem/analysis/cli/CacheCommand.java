package io.hakmem.analysis.cli;

import io.hakmem.analysis.cache.CacheFiles;
import io.hakmem.analysis.tables.LoadOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem cache}: lists the caches of loaded recordings, and clears them. */
@Command(
    name = "cache",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the loaded recordings that are kept in folders, or deletes them.")
final class CacheCommand implements Callable<Integer> {

  private static final double MEGABYTE = 1 << 20;

  @Parameters(
      arity = "0..*",
      paramLabel = "FOLDER",
      description =
          "Cache folders, or folders of recordings; default: $"
              + LoadOptions.CACHE_VARIABLE
              + ", else the current folder.")
  private List<Path> folders = List.of();

  @Option(names = "--clear", description = "Deletes what it lists.")
  private boolean clear;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Path> caches = new ArrayList<>();
    int code = Main.OK;
    for (Path folder : folders.isEmpty() ? List.of(standard()) : folders) {
      try {
        caches.addAll(CacheFiles.list(folder));
      } catch (IOException e) {
        code = complain(folder, "expected a folder that can be read");
      }
    }
    double total = 0;
    for (Path cache : caches) {
      try {
        double megabytes = Files.size(cache) / MEGABYTE;
        if (clear) {
          Files.delete(cache);
        }
        total += megabytes;
        out.printf(Locale.ROOT, "%10.1f MB  %s%n", megabytes, cache);
      } catch (IOException e) {
        code = complain(cache, "cannot be deleted");
      }
    }
    out.printf(Locale.ROOT, "%10.1f MB  %s%n", total, clear ? "deleted" : "in all");
    out.flush();
    return code;
  }

  private int complain(Path path, String what) {
    spec.commandLine().getErr().println("hakmem: " + path + ": " + what);
    return Main.UNREADABLE;
  }

  private static Path standard() {
    @Nullable String variable = System.getenv(LoadOptions.CACHE_VARIABLE);
    return Path.of(variable == null || variable.isBlank() ? "." : variable);
  }
}
