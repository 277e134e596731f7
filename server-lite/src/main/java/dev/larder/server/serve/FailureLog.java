package dev.larder.server.serve;

import dev.larder.Clock;
import dev.larder.server.core.Telemetry.Protocol;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the log of failures of operations: of one kind at most once a minute, with how many there
 * were meanwhile, so that a store that is down does not fill the disk with its log. What an
 * operation was about is not told; see {@link LogFormatter} on messages of failures.
 */
@Singleton
final class FailureLog {
  private static final Duration QUIET = Duration.ofMinutes(1);

  /** Kinds that are told apart. */
  private static final int KINDS = 256;

  private final Clock clock;
  private final Log log = Log.of("operations");
  private final Map<Kind, Told> kinds = new HashMap<>();

  private record Kind(Protocol protocol, String operation, Class<?> failure) {}

  private record Told(long at, long since) {}

  @Inject
  FailureLog(Clock clock) {
    this.clock = clock;
  }

  void tell(Protocol protocol, String operation, Throwable failure) {
    due(new Kind(protocol, operation, failure.getClass()))
        .ifPresent(
            before ->
                log.failure(
                    "operation failed",
                    failure,
                    "protocol",
                    protocol,
                    "operation",
                    operation,
                    "untold",
                    before));
  }

  /** How many of that kind were not told, when it is time to tell one. */
  private synchronized Optional<Long> due(Kind kind) {
    var now = clock.ticks();
    var told = kinds.get(kind);
    if (told != null && now - told.at() < QUIET.toNanos()) {
      kinds.put(kind, new Told(told.at(), told.since() + 1));
      return Optional.empty();
    }
    if (told == null && kinds.size() >= KINDS) {
      kinds.values().removeIf(old -> now - old.at() >= QUIET.toNanos());
      if (kinds.size() >= KINDS) {
        return Optional.empty();
      }
    }
    kinds.put(kind, new Told(now, 0));
    return Optional.of(told == null ? 0 : told.since());
  }
}
