package dev.larder.spi;

import jdk.jfr.Description;
import jdk.jfr.Event;
import jdk.jfr.Label;
import org.jspecify.annotations.Nullable;

/**
 * What events that take time have in common. Not private: the recorder reads fields of a superclass
 * only when the event class can.
 */
abstract class TimedEvent extends Event implements Span {
  @Label("Cache")
  @Description("The name of the cache")
  @Nullable String cache;

  @Label("Outcome")
  @Description("DONE, NOTHING or FAILED")
  @Nullable String outcome;

  /** Begins it, if a recording wants it. */
  final Span begun(String of) {
    if (!isEnabled()) {
      return Span.NONE;
    }
    cache = of;
    begin();
    return this;
  }

  @Override
  public final void ended(Outcome came) {
    end();
    if (shouldCommit()) {
      outcome = came.name();
      commit();
    }
  }
}
