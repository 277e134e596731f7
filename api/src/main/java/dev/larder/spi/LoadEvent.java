package dev.larder.spi;

import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.larder.Load")
@Label("Load")
@Category("Larder")
@Description("A loader ran")
@Enabled(false)
@StackTrace(true)
@SuppressWarnings("UnusedVariable") // read by the recorder
final class LoadEvent extends Event implements Span {
  @Label("Cache")
  @Description("The name of the cache")
  private @Nullable String cache;

  @Label("Keys")
  @Description("How many keys it was asked for")
  private int keys;

  @Label("Outcome")
  @Description("DONE, NOTHING or FAILED")
  private @Nullable String outcome;

  static Span begun(String cache, int keys) {
    var event = new LoadEvent();
    if (!event.isEnabled()) {
      return Span.NONE;
    }
    event.cache = cache;
    event.keys = keys;
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
