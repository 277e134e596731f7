package dev.larder.testkit.far;

import dev.larder.spi.Bytes;
import dev.larder.spi.Look;
import dev.larder.spi.Payload;
import dev.larder.spi.Touch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The loads that clients have announced: who misses a key that another client loads is answered
 * when that load is over, one way or the other, or its time is up. Lives on the owner's thread.
 */
final class Flights {
  /** How long others wait for a client's load. */
  static final long LIMIT_MILLIS = 30_000;

  /** A load under way; it is over when its token is given back or outdated. */
  private record Flight(FarStore client, long token, long until) {}

  private record Waiting(FarStore client, Bytes key, CompletableFuture<Look<Payload>> answer) {}

  private final FarData data;
  private final Map<Bytes, Flight> flights = new HashMap<>();
  private List<Waiting> waiting = new ArrayList<>();

  Flights(FarData data) {
    this.data = data;
  }

  /** A look that announces a load, answered now or when the load of another client is over. */
  void look(FarStore client, Bytes key, CompletableFuture<Look<Payload>> answer) {
    var now = client.now();
    var flight = flights.get(key);
    if (flight != null && flight.client != client && under(key, flight, now)) {
      if (data.live(key, now) == null) {
        waiting.add(new Waiting(client, key, answer));
        var unused = client.later(flight.until - now, () -> {});
        return;
      }
    }
    var look = data.look(key, Touch.FILL, now);
    if (look.fillToken() != 0) {
      flights.put(key, new Flight(client, look.fillToken(), now + LIMIT_MILLIS));
    }
    answer.complete(look);
  }

  private boolean under(Bytes key, Flight flight, long now) {
    return now < flight.until
        && !flight.client.closed()
        && data.tokens().of(key, now).contains(flight.token);
  }

  /** After each request: whoever waited for what is over now looks again, in order. */
  void settle() {
    if (waiting.isEmpty()) {
      return;
    }
    var before = waiting;
    waiting = new ArrayList<>();
    before.forEach(each -> each.client.lookAgain(each.key, each.answer));
  }
}
