package io.hakmem.analysis.bench;

import java.io.IOException;
import java.util.List;

/** Where the commands come from: a built checkout, or a test. */
interface Programs {

  /** Exit code of a program whose peer cannot do the workload. */
  int UNFIT = 4;

  /**
   * What can be run.
   *
   * @throws IOException if it cannot be found out
   */
  Catalog catalog() throws IOException, InterruptedException;

  /** The command that runs a case against a peer that is present. */
  List<String> command(Peer peer, Case which);
}
