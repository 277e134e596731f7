package dev.larder.server.http;

import dev.larder.server.core.Contents;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Step;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.WaitingStore;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** {@code /cache/batch/...}: many entries of the default cache in one request. */
final class BatchRoutes implements Routes {
  private final Databases databases;
  private final Limits limits;

  @Inject
  BatchRoutes(Databases databases, Limits limits) {
    this.databases = databases;
    this.limits = limits;
  }

  @Override
  public String document() {
    return "batches.yaml";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("POST", "/cache/batch/set", "setBatch", this::set).on(this::first),
        Route.of("POST", "/cache/batch/get", "getBatch", this::get).on(this::first));
  }

  private Database first(Exchange exchange) {
    return databases.first();
  }

  private void set(Exchange exchange) {
    Requests.wantJson(exchange);
    var database = exchange.database();
    var items = BatchItems.read(exchange.body(), database.contents(), limits);
    if (database.waits()) {
      storeTogether(database, items);
    } else {
      items.values().forEach((key, value) -> Entries.put(database, key, value, items.life()));
    }
    database.counted(items.values().size(), 0);
    var told = "{\"stored\":" + items.values().size() + "}";
    exchange.answer(200, Contents.JSON, told.getBytes(StandardCharsets.US_ASCII));
  }

  /** One request to the store. */
  private static void storeTogether(Database database, BatchItems items) {
    var steps = new ArrayList<Step<Bytes, Payload>>(items.values().size());
    items.values().forEach((key, value) -> steps.add(Entries.step(key, value, items.life())));
    for (var result : database.updateAll(steps)) {
      if (result.failure() != null) {
        throw WaitingStore.failure(result.failure());
      }
    }
  }

  private void get(Exchange exchange) {
    Requests.wantJson(exchange);
    var keys = BatchKeys.read(exchange.body(), limits);
    var database = exchange.database();
    if (database.waits()) {
      exchange.answer(200, Contents.JSON, found(keys, database.getAll(keys, Touch.READ)::get));
    } else {
      exchange.answer(200, Contents.JSON, found(keys, database::get));
    }
  }

  private byte[] found(Set<Bytes> keys, Function<Bytes, @Nullable Stored<Payload>> entries) {
    var text = new JsonText(limits.outputBytes()).add("{\"items\":{");
    var missing = new ArrayList<Bytes>();
    var first = true;
    for (var key : keys) {
      var entry = entries.apply(key);
      var value = entry == null ? null : entry.value();
      if (value == null) {
        missing.add(key);
        continue;
      }
      text.add(first ? "" : ",").string(key.array()).add(':');
      Values.write(value, text);
      first = false;
    }
    text.add("},\"missing\":[");
    for (int at = 0; at < missing.size(); at++) {
      text.add(at == 0 ? "" : ",").string(missing.get(at).array());
    }
    return text.add("]}").complete();
  }
}
