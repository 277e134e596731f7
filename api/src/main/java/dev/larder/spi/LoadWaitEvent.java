package dev.larder.spi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.larder.LoadWait")
@Label("Single-Flight Wait")
@Category("Larder")
@Description("A caller waited for a load of somebody else")
@Enabled(false)
@StackTrace(true)
@SuppressWarnings("UnusedVariable") // read by the recorder
final class LoadWaitEvent extends TimedEvent {
  @Label("Elsewhere")
  @Description("Whether another process loaded")
  private final boolean elsewhere;

  LoadWaitEvent(boolean elsewhere) {
    this.elsewhere = elsewhere;
  }
}
