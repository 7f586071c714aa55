package io.hakmem.analysis.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A child JVM that ends like the driver, at a made-up speed, or fails as it is told. */
public final class FakeProgram {

  private FakeProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    switch (arguments[0]) {
      case "crash" -> {
        System.err.println("SIGSEGV, as it were");
        System.exit(134);
      }
      case "garbage" -> System.out.println("Throughput = many ops/s");
      case "unfit" -> System.exit(Programs.UNFIT);
      case "hang" -> Thread.sleep(600_000);
      default -> {
        System.out.println("Resident growth = 2000000 bytes");
        System.out.printf("Throughput = %s ops/s [iter=1 ws=1] time=0.1s%n", arguments[0]);
      }
    }
  }

  /** What there is to run; {@code speeds} has a speed or a failure for each peer. */
  record Fakes(Map<String, String> speeds) implements Programs {

    @Override
    public Catalog catalog() {
      return Catalog.parse(
              List.of(
                  "workload\trandom-mixed\tthe loop\t1000\t256\t1",
                  "workload\tlarson\tmany threads\t2000\t100\t2",
                  "peer\thakmem\tours\tpresent\t",
                  "peer\thakmem-handle\tours too\tpresent\t",
                  "peer\thakmem-sized\tours, told sizes\tpresent\t",
                  "peer\tfloor\tnothing\tpresent\t",
                  "peer\tmalloc\tC\tpresent\t-Dx=1 -Dy=2",
                  "peer\tbyte-buffer\tslow\tpresent\t",
                  "peer\tnetty\tNetty\tabsent\t"))
          .with(
              List.of(
                  new Peer("tcmalloc", "C", Peer.Kind.NATIVE, "", List.of()),
                  new Peer("tcmalloc-sized", "C", Peer.Kind.NATIVE, "", List.of()),
                  new Peer("jemalloc", "C", Peer.Kind.NATIVE, "not installed", List.of())));
    }

    @Override
    public List<String> command(Peer peer, Case which) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(FakeProgram.class.getName());
      command.add(speeds.getOrDefault(peer.name(), "1000000"));
      return command;
    }
  }
}
