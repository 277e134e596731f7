package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.server.core.Contents;
import dev.larder.server.core.Database;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Operation;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.Route;
import dev.larder.server.http.v1.Waiter.Leaser;
import dev.larder.spi.Bytes;
import dev.larder.spi.Result;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Leases: the right to change one key after a look at its entry. */
final class LeaseRoutes {
  /** How long a lease lasts where the client does not say. */
  static final Duration AT_MOST = Duration.ofSeconds(30);

  /** How long it can last. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private static final String PATH = "/v1/caches/{cache}/leases/{key}";

  private final Desks desks;
  private final Limits limits;

  LeaseRoutes(Desks desks, Limits limits) {
    this.desks = desks;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.of("POST", PATH, "lease", this::lease).on(this::database),
        Route.of("PUT", PATH + "/{lease}", "commitLease", this::commit).on(this::database),
        Route.of("DELETE", PATH + "/{lease}", "releaseLease", this::release).on(this::database));
  }

  private Database database(Exchange exchange) {
    return desks.database(exchange);
  }

  private void lease(Exchange exchange) {
    var desk = desks.of(exchange.database());
    var key = Params.key(exchange, limits.keyBytes());
    var atMost = Params.time(exchange, "atMost", AT_MOST, LONGEST);
    if (atMost == 0) {
      throw Refusals.parameter("atMost", "0", "1ms to " + LONGEST.toSeconds() + "s");
    }
    var wait = Params.time(exchange, "wait", EntryRoutes.WAIT, EntryRoutes.LONGEST_WAIT);
    var format = Formats.ofAnswer(exchange, Formats.JSON);
    var leaser = leaser(exchange, atMost, format);
    exchange.whenGone(() -> desk.leases().withdraw(key, leaser));
    desk.leases().enter(key, wait, leaser);
  }

  private static Leaser leaser(Exchange exchange, long atMost, Formats format) {
    return new Leaser(atMost) {
      @Override
      void granted(Grant grant) {
        tell(exchange, format, grant);
      }

      @Override
      void refused(RuntimeException why) {
        exchange.fail(why);
      }
    };
  }

  private static void tell(Exchange exchange, Formats format, Grant grant) {
    var database = exchange.database();
    var seen = grant.seen();
    var bytes = new ByteArrayOutputStream();
    try (var out = format.generator(bytes)) {
      out.writeStartObject();
      out.writeStringProperty("lease", grant.id());
      out.writeNumberProperty("fence", grant.fence());
      out.writeNumberProperty("left", Math.max(0, grant.until() - database.clock().exact()));
      var value = seen == null ? null : seen.value();
      if (seen != null && value != null) {
        out.writeName("entry");
        out.writeStartObject();
        out.writeNumberProperty("version", seen.version());
        if (seen.deadline() != Life.FOREVER) {
          out.writeNumberProperty("ttl", Math.max(0, seen.deadline() - database.clock().now()));
        }
        ValueText.value(format, out, ValueText.VALUE, value);
        out.writeEndObject();
      }
      out.writeEndObject();
    }
    exchange.answer(201, format.type(), bytes.toByteArray());
  }

  private void commit(Exchange exchange) {
    var desk = desks.of(exchange.database());
    var key = Params.key(exchange, limits.keyBytes());
    var edit = edit(exchange);
    var id = exchange.text("lease");
    Operation.run(Params.operation(exchange), () -> committed(exchange, desk, key, edit, id));
  }

  private static void committed(
      Exchange exchange, Desk desk, Bytes key, @Nullable Edit edit, String id) {
    var result = desk.leases().commit(key, id, edit);
    if (edit != null && result != null) {
      desk.settle(key, edit, result.value());
      desk.count(edit, result.value());
    }
    tell(exchange, desk, key, edit, result);
  }

  private static void tell(
      Exchange exchange,
      Desk desk,
      Bytes key,
      @Nullable Edit edit,
      @Nullable Result<Outcome> result) {
    var format = Formats.ofAnswer(exchange, Formats.JSON);
    var bytes = new ByteArrayOutputStream();
    try (var out = format.generator(bytes)) {
      if (edit == null || result == null) {
        out.writeStartObject();
        out.writeNumberProperty("status", Answer.OK);
        out.writeEndObject();
      } else {
        var answer = desk.answer(key, edit, result);
        BatchWriter.one(format, out, answer, desk.database().clock().now());
      }
    }
    exchange.answer(200, format.type(), bytes.toByteArray());
  }

  /** What the holder wants done, null to keep the entry. */
  private @Nullable Edit edit(Exchange exchange) {
    var what = exchange.query("do").orElse("none");
    var life = Params.life(exchange);
    return switch (what) {
      case "write" -> write(exchange, life);
      case "remove" -> Edit.remove(Condition.NONE, false);
      case "touch" ->
          life == Life.UNCHANGED
              ? Edit.touch(Condition.NONE)
              : Edit.touchUntil(life, Condition.NONE);
      case "keep" -> null;
      default -> throw Refusals.parameter("do", what, "write, remove, touch, keep");
    };
  }

  private Edit write(Exchange exchange, long life) {
    var schema =
        Params.number(
            exchange, "schema", exchange.database().contents().schema(), 0, Integer.MAX_VALUE);
    var weight = Params.number(exchange, "weight", Contents.WEIGHT, 0, Integer.MAX_VALUE);
    var value = EntryRoutes.value(exchange, limits, schema, weight);
    var token = Params.number(exchange, "token");
    return token == 0
        ? Edit.write(value, life, Condition.NONE, false)
        : Edit.fill(value, life, token);
  }

  private void release(Exchange exchange) {
    var key = Params.key(exchange, limits.keyBytes());
    desks.of(exchange.database()).leases().release(key, exchange.text("lease"));
    exchange.answer(204);
  }
}
