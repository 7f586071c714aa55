package io.hakmem.analysis.bench;

import io.hakmem.analysis.render.TextTable;
import java.util.Locale;

/** What {@code --list} prints. */
final class CatalogText {

  private static final int WIDTH = 100;

  private CatalogText() {}

  static String render(Catalog catalog) {
    TextTable workloads = TextTable.of("workload", ">operations", ">slots", ">threads", "what");
    for (Workload workload : catalog.workloads()) {
      workloads.row(
          workload.name(),
          String.format(Locale.ROOT, "%,d", workload.operations()),
          String.format(Locale.ROOT, "%,d", workload.workingSet()),
          Integer.toString(workload.threads()),
          workload.meaning());
    }
    TextTable peers = TextTable.of("peer", "what");
    catalog.peers().stream().filter(Peer::present).forEach(p -> peers.row(p.name(), p.meaning()));
    StringBuilder text = new StringBuilder(workloads.render("", WIDTH));
    text.append('\n').append(peers.render("", WIDTH));
    catalog.peers().stream()
        .filter(peer -> !peer.present())
        .map(Peer::absence)
        .distinct()
        .forEach(absence -> text.append(absent(catalog, absence)));
    return text.toString();
  }

  private static String absent(Catalog catalog, String absence) {
    StringBuilder names = new StringBuilder("\nabsent:");
    catalog.peers().stream()
        .filter(peer -> peer.absence().equals(absence))
        .forEach(peer -> names.append(' ').append(peer.name()));
    return names.append("\n  ").append(absence).append('\n').toString();
  }
}
