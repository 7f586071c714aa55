package io.hakmem.analysis.trial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks the agent which push paths it knows: to one that it doesn't know it answers with all. */
final class AgentPaths {

  private static final Pattern VALID = Pattern.compile("valid: push=([a-z|-]+)");
  private static final long SECONDS = 30;

  private AgentPaths() {}

  /** In the order of {@link PushPath}; those of the comparison where the agent does not answer. */
  static List<PushPath> known(Path java, Path agent) {
    Process process;
    try {
      process =
          new ProcessBuilder(java.toString(), "-javaagent:" + agent + "=push=?", "-version")
              .redirectErrorStream(true)
              .start();
      String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor(SECONDS, TimeUnit.SECONDS);
      return parse(answer);
    } catch (IOException e) {
      return PushPath.COMPARED;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return PushPath.COMPARED;
    }
  }

  static List<PushPath> parse(String answer) {
    Matcher matcher = VALID.matcher(answer);
    if (!matcher.find()) {
      return PushPath.COMPARED;
    }
    List<String> labels = List.of(matcher.group(1).split("\\|", -1));
    return Arrays.stream(PushPath.values()).filter(path -> labels.contains(path.label())).toList();
  }
}
