package dev.larder.remote;

import dev.larder.Life;
import dev.larder.spi.Remainder;
import java.util.concurrent.TimeUnit;

/** Lives as they go over the wire: what is left, in milliseconds, up to a limit of the server. */
final class Lives {
  /** The word for no end. */
  static final String FOREVER = "forever";

  /** The server takes no longer ones (100 years); such a one might as well have no end. */
  static final long LONGEST = TimeUnit.DAYS.toMillis(36_500);

  private Lives() {}

  /** What is left until an instant, {@link Life#FOREVER} for none. */
  static long until(long deadline, long now) {
    return Remainder.span(deadline, now);
  }

  /** As text in a query. */
  static String text(long millis) {
    return millis >= LONGEST ? FOREVER : millis + "ms";
  }
}
