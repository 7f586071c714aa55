package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingDefinition;
import jdk.jfr.StackTrace;
import jdk.jfr.Throttle;

/** One allocation or free out of many that a thread cache served, picked at random. */
@Name("io.hakmem.FastPathHit")
@Label("Fast Path Hit")
@Description("A sampled allocate or free that the thread cache served without any shared state")
@Category({"Hakmem", "Fast Path"})
@Enabled(false)
@StackTrace(true)
@Throttle("off")
public final class FastPathHit extends Event {

  @Label("Operation")
  @Description("allocate or free")
  public String operation = "";

  @Label("Size Class")
  @Description("Index of the size class, 0 to 31")
  public int sizeClass;

  @Label("Block Size")
  @Description("Distance of two blocks of the class, header included")
  @DataAmount
  public long blockSize;

  @Label("Requested Size")
  @Description(
      "What the caller asked for, with what an alignment or an arena adds; -1 for a free, which is"
          + " not told")
  @DataAmount
  public long requestedSize;

  @Label("Free Path")
  @Description("The push path that was live")
  public String freePath = "";

  @Label("Weight")
  @Description("Hits that this sample stands for: the mean of the sampling interval")
  public long weight;

  @SettingDefinition
  @Name("interval")
  @Label("Interval")
  @Description(
      "Mean number of hits between two samples of one thread, class and operation; 1 = all")
  boolean interval(SamplingInterval interval) {
    return interval.accepts();
  }
}
