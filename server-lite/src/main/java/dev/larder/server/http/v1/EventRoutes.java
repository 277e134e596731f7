package dev.larder.server.http.v1;

import dev.larder.server.core.Database;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.Route;
import dev.larder.spi.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The stream of events. */
final class EventRoutes {
  private static final String PATH = "/v1/caches/{cache}/events";

  private final Desks desks;

  EventRoutes(Desks desks) {
    this.desks = desks;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", PATH, "events", this::events).on(this::database),
        Route.of("POST", PATH + "/{listener}/mark", "mark", this::mark).on(this::database));
  }

  private Database database(Exchange exchange) {
    return desks.database(exchange);
  }

  private void events(Exchange exchange) {
    var feed = desks.of(exchange.database()).feed();
    var filter =
        new EventFilter(
            Params.flag(exchange, "values"),
            Params.flag(exchange, "old"),
            exchange
                .query("prefix")
                .map(text -> new Bytes(text.getBytes(StandardCharsets.UTF_8)))
                .orElse(null));
    var after = exchange.header("Last-Event-ID").or(() -> exchange.query("after"));
    feed.listen(exchange, filter, after.orElse(null));
  }

  private void mark(Exchange exchange) {
    var number = Params.number(exchange, "number");
    if (number == 0) {
      throw Refusals.parameter("number", "", "1 to " + Long.MAX_VALUE);
    }
    desks.of(exchange.database()).feed().mark(exchange.text("listener"), number);
    exchange.answer(204);
  }
}
