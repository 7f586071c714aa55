package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.recording.RecordingReader;
import io.hakmem.analysis.trial.RateProgram.Rate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jfr.Recording;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an own program's throughput comes from, and what is said where it has none. */
class ProgramCommandTest {

  @TempDir static Path folder;

  private static Path rates = Path.of("");

  @BeforeAll
  static void record() throws Exception {
    rates = folder.resolve("rates.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("app.Rate");
      recording.start();
      for (double rate : new double[] {90, 100, 110, 0, Double.NaN}) {
        Rate event = new Rate();
        event.perSecond = rate;
        event.commit();
      }
      recording.dump(rates);
    }
  }

  private static ProgramCommand command(
      List<String> words, @Nullable String regex, @Nullable String event) {
    return new ProgramCommand(
        folder, words, regex == null ? null : Pattern.compile(regex), event, folder);
  }

  private static String refusal(
      List<String> words, @Nullable String regex, @Nullable String event) {
    return String.valueOf(
        assertThrows(IllegalArgumentException.class, () -> command(words, regex, event))
            .getMessage());
  }

  private static Reading reading(String wanted) throws Exception {
    EventValues values = EventValues.of(wanted);
    RecordingReader.read(rates, values);
    return values.reading();
  }

  @Test
  void theMedianOfTheFieldIsTheThroughput() throws Exception {
    assertEquals(new Reading(100, ""), reading("app.Rate:perSecond"));
  }

  @ParameterizedTest
  @CsvSource({
    "app.Speed:perSecond, it knows no event app.Speed",
    "app.Rate:perMinute, 'has no field perMinute, only startTime, duration, eventThread, stackTrace,"
        + " perSecond, unit'",
    "app.Rate:unit, is a number above zero",
    "jdk.ThreadSleep:time, it wrote no event jdk.ThreadSleep"
  })
  void whatIsMissingIsNamed(String wanted, String problem) throws Exception {
    Reading reading = reading(wanted);
    assertTrue(Double.isNaN(reading.operationsPerSecond()));
    assertTrue(reading.problem().contains(problem), reading::problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rate=5\nrate=1,234.5\n", "rate=1_234.5", "a rate=1234.5 b\n\n", "rate=1.2345e3"})
  void theLastMatchIsTheThroughput(String printed) {
    Pattern pattern = Pattern.compile("rate=([0-9.,_e]+)");
    assertEquals(1234.5, ProgramCommand.matched(pattern, printed).operationsPerSecond(), 1e-9);
  }

  @ParameterizedTest
  @CsvSource({
    "nothing, matches rate=",
    "rate=0, not above zero: 0",
    "rate=-5, not above zero: -5",
    "rate=fast, no number: 'fast'"
  })
  void whatMatchesButIsNoThroughputIsSaid(String printed, String problem) {
    Reading reading = ProgramCommand.matched(Pattern.compile("rate=(\\S+)"), printed);
    assertTrue(Double.isNaN(reading.operationsPerSecond()));
    assertTrue(reading.problem().contains(problem), reading::problem);
  }

  @Test
  void wrongUsageIsRefused() {
    List<String> java = List.of("java", "-cp", "x", "Main");
    assertTrue(refusal(List.of("ls"), null, null).contains("java command: 'ls'"));
    assertTrue(refusal(java, "x", null).contains("needs a group"));
    assertTrue(refusal(java, null, "app.Event").contains("TYPE:FIELD"));
    assertTrue(refusal(java, null, "app.Event,a=b:x").contains("TYPE:FIELD"));
    assertTrue(refusal(java, "(x)", "a.B:c").contains("not both"));
    List<String> recording = List.of("java", "-XX:StartFlightRecording:filename=x.jfr", "Main");
    assertTrue(refusal(recording, null, null).contains("leave it out; evaluate records by itself"));
    // After the main class it is the program's argument.
    command(List.of("java", "Main", "-XX:StartFlightRecording"), null, null);
  }

  @Test
  void theEventsFileIsTheChildsResultAndNamesAreQuoted() throws Exception {
    Path odd = Files.createDirectories(folder.resolve("a b,c%d"));
    ProgramCommand command =
        new ProgramCommand(folder, List.of("java", "Main"), null, "app.Rate:perSecond", odd);
    Path figure = odd.resolve("recordings/throughput.jfr");
    assertEquals(figure, command.result(null));
    List<String> words = command.command(PushPath.DIRECT, List.of(), Path.of("hs"), null);
    String flag =
        words.stream().filter(word -> word.contains("StartFlight")).findFirst().orElseThrow();
    assertTrue(flag.contains("settings=none,+app.Rate#enabled=true,filename=\""), flag);
    assertTrue(flag.contains("c%%d"), flag);
  }
}
