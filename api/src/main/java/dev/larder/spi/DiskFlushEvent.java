package dev.larder.spi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;

@Name("dev.larder.DiskFlush")
@Label("Disk Flush")
@Category("Larder")
@Description("Changes were brought to the disk")
@Enabled(false)
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // read by the recorder
final class DiskFlushEvent extends TimedEvent {
  @Label("Rows")
  @Description("How many entries changed")
  private final int rows;

  @Label("Forced")
  @Description("Whether they are safe from a loss of power")
  private final boolean forced;

  DiskFlushEvent(int rows, boolean forced) {
    this.rows = rows;
    this.forced = forced;
  }
}
