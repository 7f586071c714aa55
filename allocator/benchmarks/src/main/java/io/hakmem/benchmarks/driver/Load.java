package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;

/** A workload: makes rounds of it. */
@FunctionalInterface
interface Load {
  Round round(Settings settings, Peer peer);
}
