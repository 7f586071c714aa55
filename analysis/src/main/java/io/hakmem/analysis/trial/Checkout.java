package io.hakmem.analysis.trial;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The files of a built checkout that a recorded JVM needs.
 *
 * @param home root of the checkout, absolute
 */
public record Checkout(Path home) {

  public Checkout {
    home = home.toAbsolutePath().normalize();
  }

  /** The checkout that the system property {@code hakmem.home} names, else the current folder. */
  public static Checkout current() {
    return new Checkout(Path.of(System.getProperty("hakmem.home", "")));
  }

  /** The java of the JDK that runs this program. */
  public static Path java() {
    return java(Path.of(System.getProperty("java.home", "")));
  }

  static Path java(Path javaHome) {
    return javaHome.resolve("bin").resolve(File.separatorChar == '\\' ? "java.exe" : "java");
  }

  public Path allocator() {
    return home.resolve("allocator/target/hakmem-allocator.jar");
  }

  public Path benchmarks() {
    return home.resolve("allocator/benchmarks/target/hakmem-benchmarks.jar");
  }

  public Path agent() {
    return home.resolve("agent/target/hakmem-agent.jar");
  }

  /** The folder of the profiles, {@code hakmem-NAME.jfc}. */
  public Path profiles() {
    return home.resolve("jfr-profiles/target/classes/io/hakmem/profiles");
  }

  public Path profile(String name) {
    return profiles().resolve("hakmem-" + name + ".jfc");
  }

  /** The class path of a workload. */
  public String classPath() {
    return allocator() + File.pathSeparator + benchmarks();
  }

  /** The class that runs workloads by name. */
  public static String workloadMain() {
    return "io.hakmem.benchmarks.Main";
  }

  /** The flag that puts a push path in. */
  public String agentFlag(PushPath path) {
    return "-javaagent:" + agent() + "=push=" + path.label();
  }

  /** The flags of a recorded JVM; the names of both files may hold spaces and commas. */
  public static List<String> recordingFlags(Path profile, Path recording, String maxsize) {
    return List.of(
        "-XX:+UnlockDiagnosticVMOptions",
        // Without it samples of inlined code fall on the caller's loop.
        "-XX:+DebugNonSafepoints",
        // The default of maxsize keeps 250 MB and drops older chunks in silence.
        "-XX:StartFlightRecording:settings="
            + quoted(profile.toString())
            + samplerOption(profile)
            + filename(recording)
            + ",maxsize="
            + maxsize);
  }

  /** The flag that records one event type and nothing else. */
  static String recordingFlag(String eventType, Path recording) {
    return "-XX:StartFlightRecording:settings=none,+"
        + eventType
        + "#enabled=true"
        + filename(recording);
  }

  private static String filename(Path recording) {
    return ",filename=" + quoted(recording.toString().replace("%", "%%"));
  }

  /** Only Linux has the sampler by CPU time, and a profile cannot ask where it runs. */
  private static String samplerOption(Path profile) {
    boolean linux = System.getProperty("os.name", "").startsWith("Linux");
    boolean samples =
        profile.endsWith("hakmem-hotpath.jfc") || profile.endsWith("hakmem-production.jfc");
    return linux || !samples ? "" : ",execution-sampling=true";
  }

  private static String quoted(String value) {
    return value.matches("[^ ,'=]*") ? value : '"' + value + '"';
  }

  /** Those of the files that cannot be read. */
  public static List<Path> unreadable(Path... files) {
    return Stream.of(files).filter(file -> !Files.isReadable(file)).toList();
  }
}
