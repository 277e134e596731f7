package dev.larder.server.http.v1;

import dev.larder.server.core.Limits;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.Route;
import dev.larder.server.http.v1.SharedLoad.Waiting;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** Waiting for what another client loads. */
final class SharedLoadRoutes {
  private final Desks desks;
  private final Limits limits;

  SharedLoadRoutes(Desks desks, Limits limits) {
    this.desks = desks;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/caches/{cache}/loads/{key}", "awaitLoad", this::await)
            .on(desks::database));
  }

  private void await(Exchange exchange) {
    var key = Params.key(exchange, limits.keyBytes());
    var wait = Params.time(exchange, "wait", EntryRoutes.WAIT, EntryRoutes.LONGEST_WAIT);
    var format = Formats.ofAnswer(exchange, Formats.JSON);
    var loads = desks.of(exchange.database()).loads();
    var waiting = waiting(exchange, format);
    exchange.whenGone(() -> loads.withdraw(waiting));
    loads.await(key, wait, waiting);
  }

  private static Waiting waiting(Exchange exchange, Formats format) {
    return new Waiting() {
      @Override
      void over() {
        exchange.answer(204);
      }

      @Override
      void still(long left) {
        exchange.answer(200, format.type(), told(format, left));
      }
    };
  }

  private static byte[] told(Formats format, long left) {
    var bytes = new ByteArrayOutputStream();
    try (var out = format.generator(bytes)) {
      out.writeStartObject();
      out.writeNumberProperty("left", left);
      out.writeEndObject();
    }
    return bytes.toByteArray();
  }
}
