package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import jdk.jfr.Timespan;

/**
 * Every allocate and free, in order per thread, packed many to an event. The encoding is in {@code
 * docs/operation-trace.md}; the reader is in the module analysis.
 */
@Name("io.hakmem.OperationTrace")
@Label("Operation Trace")
@Description("Consecutive operations of one thread cache, packed")
@Category({"Hakmem", "Trace"})
@Enabled(false)
@Period("everyChunk")
@StackTrace(false)
public final class OperationTrace extends Event {

  @Label("Version")
  @Description("Version of the encoding")
  public int version;

  @Label("Stream")
  @Description("Number of the stream: the operations of one thread cache in one go")
  public long stream;

  @Label("Thread Id")
  @Description("Java thread id of the first operation's thread")
  public long threadId;

  @Label("Thread Name")
  @Description("Name of that thread when the stream began; empty for a shared cache")
  public String threadName = "";

  @Label("First Operation")
  @Description("Number of the first operation in its stream, from 0")
  public long firstOperation;

  @Label("Operations")
  @Description("Operations in the data")
  public int operations;

  @Label("Repeated Operations")
  @Description("Of these at the start, how many an earlier event holds already")
  public int repeatedOperations;

  @Label("Lost Operations")
  @Description("Operations in front of the stream's first that could not be written")
  public long lostOperations;

  @Label("Recorded From")
  @Description(
      "Number of the stream's first operation that the latest recording has; those before it belong"
          + " to recordings that began earlier")
  public long recordedFrom;

  @Label("Age")
  @Description("How long before this event's time the first operation began")
  @Timespan(Timespan.NANOSECONDS)
  public long age;

  @Label("Checksum")
  @Description("CRC-32C of the data")
  public long checksum;

  @Label("Data")
  @Description("The operations: a byte in each character")
  public String data = "";

  @SettingDefinition
  @Name("stampInterval")
  @Label("Stamp Interval")
  @Description("Operations of a thread from one reading of the clock to the next; 1 times each")
  boolean stampInterval(StampInterval interval) {
    return interval.accepts();
  }
}
