package io.hakmem.analysis.bench;

import java.time.Duration;
import java.util.List;

/** What is to be run. */
record BenchOptions(List<Case> cases, List<Peer> peers, int rounds, Duration timeout) {

  int runs() {
    return cases.size() * peers.size() * rounds;
  }
}
