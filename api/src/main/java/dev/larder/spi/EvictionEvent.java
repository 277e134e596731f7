package dev.larder.spi;

import dev.larder.RemovalCause;
import jdk.jfr.Category;
import jdk.jfr.Description;
import jdk.jfr.Enabled;
import jdk.jfr.Event;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.jspecify.annotations.Nullable;

@Name("dev.larder.Eviction")
@Label("Eviction")
@Category("Larder")
@Description("An entry, or a copy of one, left for space or because its time ran out")
@Enabled(false)
@StackTrace(false)
@SuppressWarnings("UnusedVariable") // read by the recorder
final class EvictionEvent extends Event {
  @Label("Cache")
  @Description("The name of the cache")
  private @Nullable String cache;

  @Label("Tier")
  @Description("The tier that it left")
  private @Nullable String tier;

  @Label("Cause")
  @Description("EVICTED or EXPIRED")
  private @Nullable String cause;

  static void tell(String cache, String tier, RemovalCause cause) {
    var event = new EvictionEvent();
    if (event.shouldCommit()) {
      event.cache = cache;
      event.tier = tier;
      event.cause = cause.name();
      event.commit();
    }
  }
}
