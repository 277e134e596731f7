package dev.larder.spi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.larder.LoadWait")
@Label("Single-Flight Wait")
@Category("Larder")
@Description("A caller waited for a load of somebody else")
@Enabled(false)
@StackTrace(true)
@SuppressWarnings("UnusedVariable") // read by the recorder
final class LoadWaitEvent extends Event implements Span {
  @Label("Cache")
  @Description("The name of the cache")
  private @Nullable String cache;

  @Label("Elsewhere")
  @Description("Whether another process loaded")
  private boolean elsewhere;

  @Label("Outcome")
  @Description("DONE, NOTHING or FAILED")
  private @Nullable String outcome;

  static Span begun(String cache, boolean elsewhere) {
    var event = new LoadWaitEvent();
    if (!event.isEnabled()) {
      return Span.NONE;
    }
    event.cache = cache;
    event.elsewhere = elsewhere;
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
