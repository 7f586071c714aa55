package io.hakmem.event;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.Period;
import jdk.jfr.StackTrace;

/** Which push path is live: written when one becomes live and at both ends of every chunk. */
@Name("io.hakmem.FreePathInstalled")
@Label("Free Path Installed")
@Description("The push path that is live, as a probe in private memory observed it")
@Category("Hakmem")
@Enabled(true)
@Period("everyChunk")
@StackTrace(false)
public final class FreePathInstalled extends Event {

  @Label("Free Path")
  @Description("direct, guarded, checked or checked-scan")
  public String freePath = "";

  @Label("Previous Path")
  @Description("The path that was live before; empty for the first")
  public String previous = "";

  @Label("Installed By")
  @Description("default, agent or attach")
  public String by = "";

  @Label("Proven")
  @Description("Whether the probe saw the path behave as its name says")
  public boolean proven;
}
