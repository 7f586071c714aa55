package io.hakmem.analysis.trial;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user's own java command under the agent. Its throughput, in whatever unit, is the last match of
 * a regular expression in what it prints, or the median of a field of an event that it writes;
 * without either it is runs per second. One thread.
 */
final class ProgramCommand implements WorkloadCommand {

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9][0-9,_]*(\\.[0-9]+)?([eE]\\d+)?");

  private final Checkout checkout;
  private final List<String> words;
  private final @Nullable Pattern regex;
  private final @Nullable String event;
  private final Path figures;

  /**
   * @param words the java command
   * @param regex group 1 is the throughput; null for none
   * @param event {@code TYPE:FIELD}; null for none
   * @param figures the folder whose recordings/throughput.jfr holds that event for a moment
   * @throws IllegalArgumentException if it is no java command, or the event has another form
   */
  ProgramCommand(
      Path home,
      List<String> words,
      @Nullable Pattern regex,
      @Nullable String event,
      Path figures) {
    JavaWords java = new JavaWords(words);
    if (!java.isJava()) {
      throw new IllegalArgumentException("expected a java command: '" + words.getFirst() + "'");
    }
    java.refuseSecondRecording("; evaluate records by itself");
    if (event != null && !event.matches("[\\w.$]+:[\\w.]+")) {
      throw new IllegalArgumentException(
          "--throughput-event must be TYPE:FIELD, as in com.example.Rate:perSecond: '"
              + event
              + "'");
    }
    if (regex != null && regex.matcher("").groupCount() < 1) {
      throw new IllegalArgumentException("--throughput-regex needs a group, as in 'rate=(\\d+)'");
    }
    if (regex != null && event != null) {
      throw new IllegalArgumentException(
          "give --throughput-regex or --throughput-event, not both: one is the figure");
    }
    this.checkout = new Checkout(home);
    this.words = List.copyOf(words);
    this.regex = regex;
    this.event = event;
    this.figures = figures;
  }

  /** The files that it needs and that cannot be read. */
  List<Path> missing() {
    return Checkout.unreadable(checkout.agent(), checkout.profile("hotpath"));
  }

  /** What the throughput is, for the report. */
  String unit() {
    if (regex != null) {
      return "what /" + regex + "/ matched";
    }
    return event != null ? "the median of " + event : "runs per second, the JVM's start included";
  }

  @Override
  public List<PushPath> paths() {
    return AgentPaths.known(Checkout.java(), checkout.agent());
  }

  @Override
  public List<String> command(
      PushPath path, List<String> arguments, Path errorFile, @Nullable Path recording) {
    List<String> command = new ArrayList<>();
    command.add(new JavaWords(words).isBare() ? Checkout.java().toString() : words.getFirst());
    command.add("--enable-native-access=ALL-UNNAMED");
    // JFR greets on stdout, where a regular expression looks.
    command.add("-Xlog:jfr+startup=error");
    command.add("-XX:ErrorFile=" + errorFile);
    command.add("-XX:-CreateCoredumpOnCrash");
    command.add(checkout.agentFlag(path) + ",verbose=true");
    if (recording != null) {
      command.addAll(Checkout.recordingFlags(checkout.profile("hotpath"), recording, "2g"));
    } else if (event != null) {
      command.add(Checkout.recordingFlag(event.substring(0, event.indexOf(':')), figureFile()));
    }
    command.addAll(words.subList(1, words.size()));
    return List.copyOf(command);
  }

  @Override
  public Reading read(ChildJvm.Ended ended, PlannedRun planned, long operations) {
    if (planned.kind() == RunKind.RECORDED) {
      return new Reading(1 / ended.seconds(), "");
    }
    if (regex != null) {
      return matched(regex, ended.output() + "\n" + ended.errors());
    }
    return event == null ? new Reading(1 / ended.seconds(), "") : recorded(event);
  }

  static Reading matched(Pattern regex, String printed) {
    Matcher matcher = regex.matcher(printed);
    String last = null;
    while (matcher.find()) {
      last = matcher.group(1);
    }
    if (last == null) {
      return new Reading(Double.NaN, "nothing that it printed at its end matches " + regex);
    }
    if (!NUMBER.matcher(last).matches()) {
      return new Reading(Double.NaN, "what matched is no number: '" + last + "'");
    }
    double value = Double.parseDouble(last.replaceAll("[,_]", ""));
    return value > 0
        ? new Reading(value, "")
        : new Reading(Double.NaN, "its throughput is not above zero: " + last);
  }

  private Reading recorded(String wanted) {
    Path file = figureFile();
    if (!Files.exists(file)) {
      return new Reading(Double.NaN, "it left no recording of " + wanted);
    }
    EventValues values = EventValues.of(wanted);
    try {
      RecordingReader.read(file, values);
    } catch (RecordingException e) {
      return new Reading(Double.NaN, String.valueOf(e.getMessage()));
    }
    return values.reading();
  }

  @Override
  public @Nullable Path result(@Nullable Path recording) {
    return recording == null && event != null ? figureFile() : recording;
  }

  private Path figureFile() {
    return figures.resolve("recordings").resolve("throughput.jfr");
  }
}
