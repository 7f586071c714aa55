package io.hakmem.analysis.record;

import io.hakmem.Hakmem;
import jdk.jfr.FlightRecorder;

/** Allocates and frees in several chunks, each larger than a megabyte when all is traced. */
public final class TracedProgram {

  private static final int CHUNKS = 4;
  private static final int PAIRS = 400_000;

  private TracedProgram() {}

  public static void main(String[] arguments) {
    for (int chunk = 0; chunk < CHUNKS; chunk++) {
      // A snapshot ends the chunk.
      FlightRecorder.getFlightRecorder().takeSnapshot().close();
      for (int i = 0; i < PAIRS; i++) {
        Hakmem.free(Hakmem.allocate(i % 1000));
      }
    }
  }
}
