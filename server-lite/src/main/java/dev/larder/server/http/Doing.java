package dev.larder.server.http;

import dev.larder.server.core.Database;
import dev.larder.server.http.Route.Place;
import org.jspecify.annotations.Nullable;

/** Has a route do a request, where it may. */
final class Doing {
  private Doing() {}

  /** On the event loop. Whatever goes wrong becomes the answer. */
  static void start(HttpExchange exchange, Route route, HttpLayer layer) {
    try {
      var target = route.target();
      var database = target == null ? null : target.of(exchange);
      if (database != null) {
        exchange.database(database);
      }
      if (route.place() == Place.LOOP && (database == null || !database.waits())) {
        run(exchange, route, database);
      } else if (database == null || !tried(exchange, route, database)) {
        layer.work().execute(() -> run(exchange, route, database));
      }
    } catch (RuntimeException e) {
      exchange.fail(e);
    }
  }

  private static boolean tried(HttpExchange exchange, Route route, Database database) {
    var quick = route.quick();
    var stamp = quick == null ? 0 : database.gate().tryEnter();
    if (quick == null || stamp == 0) {
      return false;
    }
    try {
      return quick.handle(exchange);
    } finally {
      database.gate().leave(stamp);
    }
  }

  /**
   * What takes long in memory does not go through the gate: a transaction on an event loop would
   * wait for it.
   */
  private static void run(HttpExchange exchange, Route route, @Nullable Database database) {
    if (database == null || route.place() == Place.WORK) {
      handle(exchange, route);
      return;
    }
    var stamp = database.gate().enter();
    try {
      handle(exchange, route);
    } finally {
      database.gate().leave(stamp);
    }
  }

  private static void handle(HttpExchange exchange, Route route) {
    try {
      route.handler().handle(exchange);
    } catch (RuntimeException | Error e) {
      exchange.fail(e);
    }
  }
}
