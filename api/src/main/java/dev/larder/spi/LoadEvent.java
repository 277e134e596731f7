package dev.larder.spi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.larder.Load")
@Label("Load")
@Category("Larder")
@Description("A loader ran")
@Enabled(false)
@StackTrace(true)
@SuppressWarnings("UnusedVariable") // read by the recorder
final class LoadEvent extends TimedEvent {
  @Label("Keys")
  @Description("How many keys it was asked for")
  private final int keys;

  LoadEvent(int keys) {
    this.keys = keys;
  }
}
