package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.server.core.Contents;
import dev.larder.server.core.Database;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Operation;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.ProblemException;
import dev.larder.server.http.Route;
import dev.larder.server.http.v1.Waiter.Changer;
import dev.larder.spi.Bytes;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import java.time.Duration;
import java.util.List;

/** Single entries of named caches: versions as entity tags, conditions, times to live. */
final class EntryRoutes {
  /** How long a change waits for a lease where the client does not say. */
  static final Duration WAIT = Duration.ofSeconds(5);

  /** How long it waits at most. */
  static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

  private static final String SCHEMA = "Larder-Schema";
  private static final String WEIGHT = "Larder-Weight";
  private static final String PATH = "/v1/caches/{cache}/entries/{key}";

  private final Desks desks;
  private final Limits limits;

  EntryRoutes(Desks desks, Limits limits) {
    this.desks = desks;
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", PATH, "readEntry", this::get).on(this::database),
        Route.of("HEAD", PATH, "peekEntry", this::head).on(this::database),
        Route.of("PUT", PATH, "writeEntry", this::put).on(this::database),
        Route.of("DELETE", PATH, "removeEntry", this::delete).on(this::database));
  }

  private Database database(Exchange exchange) {
    return desks.database(exchange);
  }

  private void get(Exchange exchange) {
    var touch = exchange.query("touch").orElse("read");
    switch (touch) {
      case "read" -> read(exchange, Touch.READ);
      case "peek" -> read(exchange, Touch.PEEK);
      default -> throw Refusals.parameter("touch", touch, "read, peek");
    }
  }

  private void head(Exchange exchange) {
    read(exchange, Touch.PEEK);
  }

  private void read(Exchange exchange, Touch touch) {
    var database = exchange.database();
    var condition = Params.condition(exchange);
    var key = Params.key(exchange, limits.keyBytes());
    var found = database.snapshot(key, touch);
    var value = found == null ? null : found.value();
    if (found == null || value == null) {
      throw condition.kind() == Condition.Kind.PRESENT || condition.kind() == Condition.Kind.VERSION
          ? Refusals.changed(0)
          : Refusals.noEntry(database.explain(key).name());
    }
    describe(exchange, found, database);
    if (condition.holds(found)) {
      exchange.answer(200, type(value), value.array());
    } else if (condition.kind() == Condition.Kind.VERSION) {
      throw Refusals.changed(found.version());
    } else {
      exchange.answer(304);
    }
  }

  private static String type(Payload value) {
    var type = value.meta().contentType();
    return type.isEmpty() ? Contents.RAW : type;
  }

  /** The version, what is left of the life, and what the value carries. */
  private static void describe(Exchange exchange, Stored<Payload> entry, Database database) {
    exchange.with("ETag", tag(entry.version()));
    if (entry.deadline() != Life.FOREVER) {
      var left = Math.max(0, entry.deadline() - database.clock().now());
      exchange.with("Larder-Ttl", Long.toString(left));
    }
    var value = entry.value();
    if (value != null) {
      carried(exchange, value.meta());
    }
  }

  /** What a value carries, where it is not the usual. */
  private static void carried(Exchange exchange, Meta meta) {
    if (meta.schema() != 0) {
      exchange.with(SCHEMA, Integer.toString(meta.schema()));
    }
    if (meta.weight() != Contents.WEIGHT) {
      exchange.with(WEIGHT, Integer.toString(meta.weight()));
    }
  }

  /** The entity tag of a version. */
  static String tag(long version) {
    return '"' + Long.toString(version) + '"';
  }

  private void put(Exchange exchange) {
    var schema = Params.header(exchange, SCHEMA, exchange.database().contents().schema());
    var weight = Params.header(exchange, WEIGHT, Contents.WEIGHT);
    var value = value(exchange, limits, schema, weight);
    var edit = Edit.write(value, Params.life(exchange), Params.condition(exchange), false);
    change(exchange, edit, (done, outcome) -> written(done, outcome));
  }

  /** The body as a value, with its content type. */
  static Payload value(Exchange exchange, Limits limits, int schema, int weight) {
    var body = exchange.body();
    if (body.length > limits.valueBytes()) {
      throw Refusals.tooLarge("a value of " + body.length + " bytes", limits.valueBytes());
    }
    var type = exchange.header("Content-Type").orElse(Contents.RAW);
    if (type.equals(Contents.RAW)) {
      return exchange.database().contents().of(body, type, schema, weight);
    }
    if (Formats.json(type)) {
      Formats.checkJson(body);
    }
    try {
      return exchange.database().contents().of(body, ContentTypes.checked(type), schema, weight);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(400, "bad-header", "Content-Type: " + e.getMessage());
    }
  }

  private static void written(Exchange exchange, Result<Outcome> result) {
    if (result.version() != 0) {
      exchange.with("ETag", tag(result.version()));
    }
    exchange.answer(result.value().did() == Outcome.Did.CREATED ? 201 : 204);
  }

  private void delete(Exchange exchange) {
    change(
        exchange,
        Edit.remove(Params.condition(exchange), false),
        (done, result) -> {
          if (result.value().did() == Outcome.Did.ABSENT) {
            throw Refusals.noEntry(done.database().explain(key(done)).name());
          }
          done.answer(204);
        });
  }

  private Bytes key(Exchange exchange) {
    return Params.key(exchange, limits.keyBytes());
  }

  private interface Tell {
    void of(Exchange exchange, Result<Outcome> result);
  }

  /** Makes a change now, or in line behind a lease. */
  private void change(Exchange exchange, Edit edit, Tell tell) {
    var desk = desks.of(exchange.database());
    var key = key(exchange);
    var operation = Params.operation(exchange);
    var wait = Params.time(exchange, "wait", WAIT, LONGEST_WAIT);
    Runnable change = () -> change(exchange, desk, key, edit, tell);
    if (!desk.leases().leased(key)) {
      Operation.run(operation, change);
      return;
    }
    var changer = changer(exchange, () -> Operation.run(operation, change));
    exchange.whenGone(() -> desk.leases().withdraw(key, changer));
    desk.leases().enter(key, wait, changer);
  }

  private static void change(Exchange exchange, Desk desk, Bytes key, Edit edit, Tell tell) {
    var result = desk.change(key, edit);
    var outcome = result.value();
    if (outcome.did() == Outcome.Did.REFUSED) {
      if (outcome.version() != 0) {
        exchange.with("ETag", tag(outcome.version()));
      }
      throw Refusals.changed(outcome.version());
    }
    tell.of(exchange, result);
  }

  private static Changer changer(Exchange exchange, Runnable change) {
    return new Changer() {
      @Override
      void change() {
        try {
          change.run();
        } catch (RuntimeException | Error e) {
          exchange.fail(e);
        }
      }

      @Override
      void refused(RuntimeException why) {
        exchange.fail(why);
      }
    };
  }
}
