package dev.larder.remote;

import dev.larder.Life;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.FlightEvents;
import dev.larder.spi.Lease;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Span.Outcome;
import dev.larder.spi.Stored;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks the server for leases. */
final class Leases {
  private static final int LEASED = 423;

  private final String cache;
  private final Requests requests;
  private final Life life;

  /** For a cache with a rule. */
  Leases(String cache, Requests requests, Life life) {
    this.cache = cache;
    this.requests = requests;
    this.life = life;
  }

  /** A lease, as soon as earlier ones have ended. */
  CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost) {
    var span = FlightEvents.leaseWait(cache);
    return lease(key, atMost, Requests.WAITS)
        .whenComplete((lease, failed) -> span.ended(lease != null ? Outcome.DONE : Outcome.FAILED));
  }

  private CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost, int attempts) {
    var root = requests.paths().of("leases", key);
    var ask =
        Ask.waiting(
            "POST",
            root + "?atMost=" + atMost.toMillis() + "ms&wait=" + Requests.WAIT.toMillis() + "ms",
            Requests.WAIT);
    return requests
        .send(ask, LEASED)
        .thenCompose(
            reply -> {
              if (reply.status() != LEASED) {
                return CompletableFuture.completedFuture(granted(root, reply));
              }
              return attempts > 1
                  ? lease(key, atMost, attempts - 1)
                  : CompletableFuture.failedFuture(
                      new StoreException(
                          "the key stayed leased for too long; nothing was changed"));
            });
  }

  private Lease<Payload> granted(String root, Reply reply) {
    var told = Trees.of(reply);
    return new RemoteLease(
        requests,
        root + "/" + Paths.encoded(Trees.text(told, "lease")),
        Trees.number(told, "fence", 0),
        entry(Trees.object(told, "entry"), reply.sentAt()),
        reply.sentAt(),
        life);
  }

  /** An entry as it stands in an answer, null where there is none. */
  static @Nullable Stored<Payload> entry(Map<?, ?> entry, long sentAt) {
    if (!(entry.get("value") instanceof byte[] bytes)) {
      return null;
    }
    var type = Trees.text(entry, "type");
    var meta =
        new Meta(
            type.isEmpty() ? "application/octet-stream" : type,
            (int) Trees.number(entry, "schema", 0),
            (int) Trees.number(entry, "weight", 1),
            Set.of());
    var deadline = Life.deadline(sentAt, Trees.number(entry, "ttl", Life.FOREVER));
    return new Stored.Snapshot<>(
        new Payload(bytes, meta), deadline, Trees.number(entry, "version", 0), meta);
  }
}
