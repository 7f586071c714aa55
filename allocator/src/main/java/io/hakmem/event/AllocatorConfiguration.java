package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.DataAmount;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** How the allocator of the process was started, so that any slice of a recording says so. */
@Name("io.hakmem.AllocatorConfiguration")
@Label("Allocator Configuration")
@Description("Version, push path and options of the allocator of the process")
@Category("Hakmem")
@Enabled(true)
@Period("beginChunk")
@StackTrace(false)
public final class AllocatorConfiguration extends Event {

  @Label("Version")
  @Description("Version of the allocator; development for one that was not built as a jar")
  public String version = "";

  @Label("Free Path")
  @Description("The push path that was live")
  public String freePath = "";

  @Label("Options")
  @Description("All options and their values, as property=value, in the order of the documentation")
  public String options = "";

  @Label("Size Classes")
  @Description("Size classes of the allocator; above them blocks are spans or mappings")
  public int sizeClasses;

  @Label("Largest Class Size")
  @Description("Largest size that a thread cache serves")
  @DataAmount
  public long largestClassSize;

  @Label("Page Size")
  @Description("Unit in which memory is taken from and given back to the operating system")
  @DataAmount
  public long pageSize;
}
