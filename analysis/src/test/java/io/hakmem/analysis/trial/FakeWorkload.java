package io.hakmem.analysis.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM that ends like the workload, at a made-up speed, or fails as it is told. Its
 * "recording" is a text that names the path.
 */
public final class FakeWorkload {

  private FakeWorkload() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    String path = System.getProperty("fake.path", "");
    long speed = Long.getLong("fake.speed", 1);
    String recording = System.getProperty("fake.recording", "");
    if (!recording.isEmpty()) {
      Files.writeString(Path.of(recording), path);
    }
    String mode = System.getProperty("fake.mode", "");
    if (!mode.equals("agent")) {
      System.err.println("hakmem-agent: push=" + path + " is live, a probe has proven it");
    }
    switch (mode) {
      case "crash" -> {
        System.err.println("first line of the trouble");
        System.err.println("SIGSEGV, as it were");
        System.exit(134);
      }
      case "garbage" -> System.out.println("Throughput = many ops/s");
      case "hang" -> Thread.sleep(600_000);
      case "short" -> print(speed, "1", arguments[1]);
      case "agent" -> {
        System.err.println("hakmem-agent: no such path");
        print(speed, arguments[0], arguments[1]);
      }
      default -> print(speed, arguments[0], arguments[1]);
    }
  }

  private static void print(long speed, String operations, String workingSet) {
    System.out.println("warm-up done");
    System.out.println(
        "Throughput = "
            + speed
            + " ops/s [iter="
            + operations
            + " ws="
            + workingSet
            + "] time=0.1s");
  }

  /** Starts it. The key of {@code modes} is path and working set, for example "direct 8192". */
  record Command(Map<PushPath, Long> speeds, Map<String, String> modes) implements WorkloadCommand {

    @Override
    public List<String> command(
        PushPath path, List<String> arguments, Path errorFile, @Nullable Path recording) {
      long seed = Long.parseLong(arguments.get(2));
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add("-Dfake.path=" + path.label());
      command.add("-Dfake.speed=" + (speeds.getOrDefault(path, 1L) + seed));
      String mode = modes.getOrDefault(path.label() + " " + arguments.get(1), "");
      command.add("-Dfake.mode=" + mode);
      if (recording != null) {
        command.add("-Dfake.recording=" + recording);
      }
      command.add(FakeWorkload.class.getName());
      command.addAll(arguments);
      return command;
    }
  }
}
