package dev.larder.server.http;

import dev.larder.server.core.Contents;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import dev.larder.spi.Verbs;
import dev.larder.spi.Verbs.Nothing;
import dev.larder.spi.Verbs.Written;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /cache/{key}}: single entries of the default cache. */
final class EntryRoutes implements Routes {
  /** Made when first needed: Jackson is not to be loaded before the server listens. */
  private static final class Missing {
    static final byte[] BODY =
        Problems.body(new ProblemException(404, "no-such-key", "there is no entry of this key"));
  }

  private final Databases databases;
  private final Limits limits;

  @Inject
  EntryRoutes(Databases databases, Limits limits) {
    this.databases = databases;
    this.limits = limits;
  }

  @Override
  public String document() {
    return "entries.yaml";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/cache/{key}", "getEntry", this::get).on(this::first).trying(this::atHand),
        Route.of("PUT", "/cache/{key}", "putEntry", this::put).on(this::first),
        Route.of("DELETE", "/cache/{key}", "deleteEntry", this::delete).on(this::first),
        Route.of("DELETE", "/cache", "clearCache", this::clear).on(this::first));
  }

  private Database first(Exchange exchange) {
    return databases.first();
  }

  private Bytes key(Exchange exchange) {
    return Requests.key(exchange.segment("key"), limits);
  }

  private void get(Exchange exchange) {
    var found = exchange.database().get(key(exchange));
    if (!answered(exchange, found)) {
      exchange.answer(404, Problems.TYPE, Missing.BODY);
    }
  }

  private boolean atHand(Exchange exchange) {
    return answered(exchange, exchange.database().atHand(key(exchange)));
  }

  /** The value is taken once: the entry may leave, or get another, while it is looked at. */
  private static boolean answered(Exchange exchange, @Nullable Stored<Payload> found) {
    var value = found == null ? null : found.value();
    if (value == null) {
      return false;
    }
    var type = Requests.contentType(value);
    Requests.wantAccepted(exchange, type);
    if (!type.equals(Contents.JSON) && !type.equals(Contents.RAW)) {
      // What a browser would show must not act as a page of this server.
      exchange
          .with("content-security-policy", "sandbox; default-src 'none'")
          .with("x-content-type-options", "nosniff");
    }
    exchange.answer(200, type, value.array());
    return true;
  }

  private void put(Exchange exchange) {
    var key = key(exchange);
    var life = Requests.life(exchange);
    var database = exchange.database();
    var value = Requests.value(exchange, database.contents(), limits);
    var written = Entries.put(database, key, value, life);
    database.counted(1, 0);
    exchange.answer(written == Written.CREATED ? 201 : 204);
  }

  private void delete(Exchange exchange) {
    var database = exchange.database();
    if (database.update(key(exchange), Verbs.delete(), Nothing.NOTHING)) {
      database.counted(0, 1);
      exchange.answer(204);
    } else {
      exchange.answer(404, Problems.TYPE, Missing.BODY);
    }
  }

  private void clear(Exchange exchange) {
    if (!exchange.query("confirm").orElse("").equals("true")) {
      throw new ProblemException(
          400, "not-confirmed", "this drops every entry of the cache; say so with ?confirm=true");
    }
    exchange.database().clear();
    exchange.answer(204);
  }
}
