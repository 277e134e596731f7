package dev.larder.spi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.larder.DiskFlush")
@Label("Disk Flush")
@Category("Larder")
@Description("Changes were brought to the disk")
@Enabled(false)
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // read by the recorder
final class DiskFlushEvent extends Event implements Span {
  @Label("Cache")
  @Description("The name of the cache")
  private @Nullable String cache;

  @Label("Rows")
  @Description("How many entries changed")
  private int rows;

  @Label("Forced")
  @Description("Whether they are safe from a loss of power")
  private boolean forced;

  @Label("Outcome")
  @Description("DONE, NOTHING or FAILED")
  private @Nullable String outcome;

  static Span begun(String cache, int rows, boolean forced) {
    var event = new DiskFlushEvent();
    if (!event.isEnabled()) {
      return Span.NONE;
    }
    event.cache = cache;
    event.rows = rows;
    event.forced = forced;
    event.begin();
    return event;
  }

  @Override
  public void ended(Outcome came) {
    end();
    if (shouldCommit()) {
      outcome = came.name();
      commit();
    }
  }
}
