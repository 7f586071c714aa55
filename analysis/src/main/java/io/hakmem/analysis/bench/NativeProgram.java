package io.hakmem.analysis.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The workloads in C, compiled on demand, with the allocators that are installed (Linux). */
final class NativeProgram {

  private static final Map<String, String> LIBRARIES = libraries();

  private static final Map<String, String> SIZED_FREES =
      Map.of("jemalloc", "sdallocx", "mimalloc", "mi_free_size", "tcmalloc", "tc_free_sized");

  private final Path source;
  private final Path program;
  private final Path sizedProgram;

  NativeProgram(Path home) {
    source = home.resolve("allocator/benchmarks/src/main/native/bench.c");
    program = home.resolve("target/hakmem-bench/bench");
    sizedProgram = home.resolve("target/hakmem-bench/bench-sized");
  }

  private static Map<String, String> libraries() {
    Map<String, String> libraries = new LinkedHashMap<>();
    libraries.put("jemalloc", "libjemalloc.so.2");
    libraries.put("mimalloc", "libmimalloc.so.2");
    libraries.put("tcmalloc", "libtcmalloc_minimal.so.4");
    return libraries;
  }

  /** Compiles the program and looks for the libraries. */
  List<Peer> peers() throws IOException, InterruptedException {
    String problem = compile(program, "-USIZED");
    String sizedProblem = compile(sizedProgram, "-DSIZED");
    String cache = problem.isEmpty() ? installed() : "";
    List<Peer> peers = new ArrayList<>();
    peers.add(new Peer("glibc", "C, no library preloaded", Peer.Kind.NATIVE, problem, List.of()));
    for (Map.Entry<String, String> library : LIBRARIES.entrySet()) {
      String path = pathOf(library.getValue(), cache);
      String absence =
          problem.isEmpty() && path.isEmpty() ? library.getValue() + " is not installed" : problem;
      peers.add(
          new Peer(library.getKey(), "C, LD_PRELOAD", Peer.Kind.NATIVE, absence, List.of(path)));
      peers.add(
          new Peer(
              library.getKey() + Peer.SIZED,
              "C, LD_PRELOAD, " + SIZED_FREES.get(library.getKey()),
              Peer.Kind.NATIVE,
              absence.isEmpty() ? sizedProblem : absence,
              List.of(path)));
    }
    return peers;
  }

  List<String> command(Peer peer, Case which) {
    List<String> command = new ArrayList<>();
    if (!peer.settings().isEmpty()) {
      command.addAll(List.of("env", "LD_PRELOAD=" + peer.settings().getFirst()));
    }
    command.add((peer.sized() ? sizedProgram : program).toString());
    command.addAll(which.arguments());
    return List.copyOf(command);
  }

  /** What is wrong, or an empty string. */
  private String compile(Path result, String definition) throws IOException, InterruptedException {
    if (!Files.isReadable(source)) {
      return "missing " + source;
    }
    Files.createDirectories(result.getParent());
    List<String> command = new ArrayList<>(List.of("gcc", "-O2", "-fno-builtin", "-pthread"));
    command.addAll(List.of(definition, "-o", result.toString(), source.toString(), "-ldl"));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0
          ? ""
          : "gcc cannot compile bench.c: " + output.lines().findFirst().orElse("");
    } catch (IOException e) {
      return "gcc is not installed";
    }
  }

  private static String installed() throws InterruptedException {
    for (String tool : List.of("ldconfig", "/sbin/ldconfig")) {
      try {
        Process process = new ProcessBuilder(tool, "-p").start();
        process.getOutputStream().close();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return text;
      } catch (IOException e) {
        // Not on this path.
      }
    }
    return "";
  }

  private static String pathOf(String library, String cache) {
    return cache
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith(library + " "))
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .findFirst()
        .orElse("");
  }
}
