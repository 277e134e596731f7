package dev.larder.spi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.larder.LeaseWait")
@Label("Lease Wait")
@Category("Larder")
@Description("A lease of a key was asked for at a server, and granted once earlier ones had ended")
@Enabled(false)
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // read by the recorder
final class LeaseWaitEvent extends Event implements Span {
  @Label("Cache")
  @Description("The name of the cache")
  private @Nullable String cache;

  @Label("Outcome")
  @Description("DONE, NOTHING or FAILED")
  private @Nullable String outcome;

  static Span begun(String cache) {
    var event = new LeaseWaitEvent();
    if (!event.isEnabled()) {
      return Span.NONE;
    }
    event.cache = cache;
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
