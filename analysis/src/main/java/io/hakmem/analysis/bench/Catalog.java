package io.hakmem.analysis.bench;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The workloads and peers that there are. */
record Catalog(List<Workload> workloads, List<Peer> peers) {

  static final String FLOOR = "floor";
  static final String OURS = "hakmem";

  private static final String SIZED = "sized";

  private static final String ABSENT =
      "not built; mvn -Ppeers -pl allocator/benchmarks/peers -am package -DskipTests downloads it";

  private static final Pattern TAB = Pattern.compile("\t");
  private static final Pattern SPACE = Pattern.compile(" ");

  /** Left out where nobody names peers: its time goes to a garbage collector that may not run. */
  private static final Set<String> ONLY_BY_NAME = Set.of("byte-buffer");

  /**
   * Reads what the driver lists.
   *
   * @throws IllegalArgumentException for a line of another form
   */
  static Catalog parse(List<String> lines) {
    List<Workload> workloads = new ArrayList<>();
    List<Peer> peers = new ArrayList<>();
    for (String line : lines) {
      List<String> fields = List.of(TAB.split(line, -1));
      if (fields.size() == 6 && fields.get(0).equals("workload")) {
        workloads.add(workload(fields));
      } else if (fields.size() == 5 && fields.get(0).equals("peer")) {
        peers.add(peer(fields));
      } else {
        throw new IllegalArgumentException("the driver lists something unknown: " + line);
      }
    }
    return new Catalog(List.copyOf(workloads), List.copyOf(peers));
  }

  private static Workload workload(List<String> fields) {
    return new Workload(
        fields.get(1),
        fields.get(2),
        Long.parseLong(fields.get(3)),
        Integer.parseInt(fields.get(4)),
        Integer.parseInt(fields.get(5)));
  }

  private static Peer peer(List<String> fields) {
    String name = fields.get(1);
    Peer.Kind kind =
        name.equals(FLOOR)
            ? Peer.Kind.FLOOR
            : name.startsWith(OURS) ? Peer.Kind.OURS : Peer.Kind.JAVA;
    String absence = fields.get(3).equals("present") ? "" : ABSENT;
    List<String> flags =
        fields.get(4).isEmpty() ? List.of() : List.of(SPACE.split(fields.get(4), -1));
    return new Peer(name, fields.get(2), kind, absence, flags);
  }

  Catalog with(List<Peer> others) {
    List<Peer> all = new ArrayList<>(peers);
    all.addAll(others);
    return new Catalog(workloads, List.copyOf(all));
  }

  /**
   * The workloads of these names.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  List<Workload> select(List<String> names) {
    List<Workload> chosen = new ArrayList<>();
    for (String name : new LinkedHashSet<>(names)) {
      if (name.equals("all")) {
        return workloads;
      }
      chosen.add(
          workloads.stream()
              .filter(workload -> workload.name().equals(name))
              .findFirst()
              .orElseThrow(() -> unknown("workload", name, workloadNames() + ", all")));
    }
    return List.copyOf(chosen);
  }

  /**
   * The peers of these names or groups, with the floor and one of ours in any case.
   *
   * @throws IllegalArgumentException for an unknown name
   */
  List<Peer> selectPeers(List<String> names) {
    Set<Peer> chosen = new LinkedHashSet<>();
    for (String name : names) {
      List<Peer> group = peers.stream().filter(peer -> isIn(peer, name)).toList();
      if (group.isEmpty()) {
        throw unknown("peer", name, peerNames() + ", all, ours, java, native, sized");
      }
      chosen.addAll(group);
    }
    boolean ours = chosen.stream().anyMatch(peer -> peer.kind() == Peer.Kind.OURS);
    return peers.stream()
        .filter(
            peer ->
                chosen.contains(peer)
                    || peer.kind() == Peer.Kind.FLOOR
                    || (!ours && peer.name().equals(OURS)))
        .toList();
  }

  /** Sized frees are another question, so that only their own group and their names choose them. */
  private static boolean isIn(Peer peer, String name) {
    if (peer.name().equals(name) || (name.equals(SIZED) && peer.sized())) {
      return true;
    }
    boolean group = name.equals("all") || peer.kind().name().toLowerCase(Locale.ROOT).equals(name);
    return group && !peer.sized() && !ONLY_BY_NAME.contains(peer.name());
  }

  private String workloadNames() {
    return workloads.stream().map(Workload::name).collect(Collectors.joining(", "));
  }

  private String peerNames() {
    return peers.stream().map(Peer::name).collect(Collectors.joining(", "));
  }

  private static IllegalArgumentException unknown(String what, String name, String valid) {
    return new IllegalArgumentException(
        "unknown %s '%s'; expected one of %s".formatted(what, name, valid));
  }
}
