package io.hakmem.analysis.record;

import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

/** Looks like what Flight Recorder writes when it could not keep up. */
@Name("jdk.DataLoss")
@StackTrace(false)
final class LostData extends Event {

  final long amount;
  final long total;

  LostData(long amount) {
    this.amount = amount;
    this.total = amount;
  }
}
