package io.hakmem.analysis.bench;

import io.hakmem.analysis.trial.Checkout;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The driver of a built checkout, and its C program. */
final class CheckoutPrograms implements Programs {

  private static final String DRIVER = "io.hakmem.benchmarks.driver.Driver";

  /**
   * The same for every peer: a heap of fixed size that is touched at the start, so that the process
   * grows by what is allocated, and room for direct memory, without which Netty turns thread-local
   * pools off.
   */
  private static final List<String> FLAGS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "-Xms256m",
          "-Xmx256m",
          "-XX:+AlwaysPreTouch",
          "-XX:MaxDirectMemorySize=4g");

  private final Checkout checkout;
  private final NativeProgram natives;

  CheckoutPrograms(Checkout checkout) {
    this.checkout = checkout;
    natives = new NativeProgram(checkout.home());
  }

  /** The files that it needs and that cannot be read. */
  List<Path> missing() {
    return Checkout.unreadable(checkout.allocator(), checkout.benchmarks());
  }

  @Override
  public Catalog catalog() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Checkout.java().toString()));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classPath(), DRIVER, "list"));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    process.getOutputStream().close();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException("the driver failed: " + String.join(" ", command));
    }
    return Catalog.parse(text.lines().toList()).with(natives.peers());
  }

  @Override
  public List<String> command(Peer peer, Case which) {
    if (peer.kind() == Peer.Kind.NATIVE) {
      return natives.command(peer, which);
    }
    List<String> command = new ArrayList<>(List.of(Checkout.java().toString()));
    command.addAll(FLAGS);
    command.addAll(peer.settings());
    command.addAll(List.of("-cp", classPath(), DRIVER, peer.name()));
    command.addAll(which.arguments());
    return List.copyOf(command);
  }

  private String classPath() {
    Path others = checkout.home().resolve("allocator/benchmarks/peers/target");
    Path jar = others.resolve("hakmem-peers.jar");
    return Files.isReadable(jar)
        ? String.join(File.pathSeparator, checkout.classPath(), jar.toString(), others + "/lib/*")
        : checkout.classPath();
  }
}
