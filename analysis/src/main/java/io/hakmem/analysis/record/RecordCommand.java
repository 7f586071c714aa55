package io.hakmem.analysis.record;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.trace.Trace;
import io.hakmem.analysis.trial.Checkout;
import io.hakmem.analysis.trial.JavaWords;
import io.hakmem.analysis.trial.PushPath;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem record}: a program, recorded. */
@Command(
    name = "record",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    customSynopsis = {
      "hakmem record [OPTIONS] -- WORKLOAD [ARGUMENTS…]",
      "hakmem record [OPTIONS] -- java [FLAGS…] PROGRAM [ARGUMENTS…]"
    },
    description = {
      "Runs a workload (random-mixed …) or any java command with a recording profile, and says what"
          + " the recording holds.",
      ""
    },
    footer = {
      "",
      "stdin, stdout and stderr are the program's own. Ctrl-C and TERM end it; its recording is"
          + " still written.",
      "The profile's events need the allocator; a bare 'java' is the JDK of hakmem."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "*:the program's own",
      "2:usage",
      "3:the recording is missing or incomplete, or the checkout is not built"
    })
public final class RecordCommand implements Callable<Integer> {

  private static final int EXIT_UNREADABLE = 3;

  @Option(
      names = "--push",
      paramLabel = "PATH",
      description =
          "Swap this push path in with the agent: direct, guarded, checked, checked-scan. Without: none.")
  private @Nullable String push;

  @Option(
      names = "--profile",
      paramLabel = "PROFILE",
      description = "hotpath, production, checked, trace or a .jfc file (${DEFAULT-VALUE}).")
  private String profile = "hotpath";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "The recording (hakmem-TIME.jfr in the current folder).")
  private @Nullable Path output;

  @Option(
      names = "--maxsize",
      paramLabel = "SIZE",
      description = "Beyond it the oldest part is dropped; k, m, g (${DEFAULT-VALUE}).")
  private String maxsize = "2g";

  @Option(names = "--force", description = "Overwrite the file.")
  private boolean force;

  @Parameters(arity = "1..*", paramLabel = "WORKLOAD | java …", hidden = true)
  private List<String> words = List.of();

  @Spec private @Nullable CommandSpec spec;

  private final Checkout checkout;

  /** With the profiles and jars of {@link Checkout#current}. */
  public RecordCommand() {
    this(Checkout.current());
  }

  RecordCommand(Checkout checkout) {
    this.checkout = checkout;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    PushPath path = pushPath();
    ChildCommand child;
    Path settings;
    try {
      child = new ChildCommand(checkout, words);
      JavaWords.refuseSecondRecording(System.getenv());
      settings = new Profiles(checkout.profiles()).find(profile);
    } catch (IllegalArgumentException e) {
      throw misuse(e.getMessage());
    }
    require(maxsize.matches("[1-9][0-9]{0,9}[kKmMgG]?"), "--maxsize is no size: '" + maxsize + "'");
    Path file = output();
    List<Path> missing = child.missing(path);
    if (!missing.isEmpty()) {
      missing.forEach(jar -> err().println("hakmem record: missing " + jar));
      err().println("hakmem record: build with 'mvn package' in " + checkout.home());
      return EXIT_UNREADABLE;
    }
    return run(child, child.words(path, flags(settings, file)), file, Profiles.events(settings));
  }

  private List<String> flags(Path settings, Path file) {
    return Checkout.recordingFlags(settings, file.toAbsolutePath().normalize(), maxsize);
  }

  private int run(ChildCommand child, List<String> command, Path file, Set<String> asked)
      throws InterruptedException, IOException {
    // An old file must not pass for the new one.
    Files.deleteIfExists(file);
    try (ForegroundChild foreground = new ForegroundChild()) {
      Instant start = Instant.now();
      int exitCode;
      try {
        exitCode = foreground.run(command);
      } catch (IOException e) {
        throw misuse("cannot run " + command.get(0) + ": " + e.getMessage());
      }
      int answer = report(child, exitCode, file, start, asked);
      err().flush();
      foreground.answer(answer);
      return answer;
    }
  }

  private int report(
      ChildCommand child, int exitCode, Path file, Instant start, Set<String> asked) {
    try {
      Contents contents = Contents.read(file);
      requireWholeTrace(file, contents);
      err().print(ReportText.render(child.name(), exitCode, file, contents, start));
      err().print(ReportText.unasked(contents.unasked(asked)));
      return exitCode;
    } catch (RecordingException e) {
      err().println("hakmem: " + e.getMessage());
      err().println(ReportText.failure(child.name(), exitCode));
      return EXIT_UNREADABLE;
    }
  }

  private static void requireWholeTrace(Path file, Contents contents) throws RecordingException {
    if (!contents.isTrace()) {
      return;
    }
    Trace.Result result = Trace.read(file).decode(operation -> {});
    List<String> faults = new ArrayList<>(result.faults());
    if (result.before() > 0) {
      // The program started a recording of its own, and what is left of this one begins there.
      faults.add(
          String.format(Locale.ROOT, "The first %,d operations are missing.", result.before()));
    }
    if (!faults.isEmpty()) {
      throw new RecordingException(
          file,
          "has an incomplete trace: %s%s Beyond --maxsize the oldest part is dropped."
              .formatted(
                  faults.getFirst(),
                  faults.size() == 1 ? "" : " And %d more faults.".formatted(faults.size() - 1)));
    }
  }

  private @Nullable PushPath pushPath() {
    if (push == null) {
      return null;
    }
    for (PushPath path : PushPath.values()) {
      if (path.label().equals(push)) {
        return path;
      }
    }
    throw misuse(
        "no push path '"
            + push
            + "'; there are "
            + Arrays.stream(PushPath.values())
                .map(PushPath::label)
                .sorted()
                .collect(Collectors.joining(", ")));
  }

  private Path output() {
    Path file = output;
    if (file == null) {
      file =
          Path.of(
              DateTimeFormatter.ofPattern("'hakmem-'yyyyMMdd-HHmmss'.jfr'", Locale.ROOT)
                  .format(LocalDateTime.now(ZoneId.systemDefault())));
    }
    Path folder = file.toAbsolutePath().normalize().getParent();
    require(!Files.isDirectory(file), file + " is a folder; -o names a file");
    require(
        folder != null && Files.isWritable(folder),
        "the folder of " + file + " is no folder that can be written to");
    require(
        !file.toString().contains("\""),
        "Flight Recorder takes no file with a quote in its name: " + file);
    require(!Files.exists(file) || Files.isRegularFile(file), file + " is no regular file");
    require(force || !Files.exists(file), file + " exists; --force overwrites it");
    return file;
  }

  private void require(boolean condition, String message) {
    if (!condition) {
      throw misuse(message);
    }
  }

  private ParameterException misuse(@Nullable String message) {
    return new ParameterException(spec().commandLine(), String.valueOf(message));
  }

  private PrintWriter err() {
    return spec().commandLine().getErr();
  }

  private CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return spec;
  }
}
