package dev.larder.testkit.contract;

import dev.larder.Larder;
import java.time.Duration;

/** How the suites get at a place that several managers share, as several processes would. */
public interface SharedFixture extends CacheFixture {

  /**
   * A further manager over the same place, which knows of the others only through it; it lives by
   * {@link #clock} too and is closed with the fixture at the latest.
   */
  Larder anotherManager();

  /** For how long at most user code has a key, however it is asked for. */
  default Duration longestLease() {
    return Duration.ofSeconds(30);
  }

  /** For how long at most one manager waits for the load of another before it loads itself. */
  default Duration longestLoad() {
    return Duration.ofSeconds(30);
  }
}
