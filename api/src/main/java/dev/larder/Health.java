package dev.larder;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a cache or a manager is.
 *
 * @param status the verdict
 * @param reasons why it is not healthy, in words; empty when it is
 * @param size entries now
 * @param estimatedBytes what they take, estimated; 0 when unknown
 * @param uptime the time since it was opened
 * @param details the state of the parts by name: {@code cleaner}, {@code clock.lag.ms}, {@code
 *     store} and what a store adds
 */
public record Health(
    Status status,
    List<String> reasons,
    long size,
    long estimatedBytes,
    Duration uptime,
    Map<String, String> details) {

  /** Copies the collections. */
  public Health {
    reasons = List.copyOf(reasons);
    details = Map.copyOf(details);
  }

  /** The verdicts, from good to bad. */
  public enum Status {
    /** All is well. */
    HEALTHY,
    /** It serves, with something lost: the reasons say what. */
    DEGRADED,
    /** It does not serve. */
    UNHEALTHY
  }
}
