package dev.larder.server.http.v1;

import dev.larder.Bounds;
import dev.larder.CacheStats;
import dev.larder.ConfigurationException;
import dev.larder.Health;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.ProblemException;
import dev.larder.server.http.Route;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.Touch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The caches themselves: which there are, how they are, what their operator does. */
final class CacheRoutes {
  private static final String CACHE = "/v1/caches/{cache}";

  private final Desks desks;
  private final Databases databases;
  private final Limits limits;

  CacheRoutes(Desks desks, Limits limits) {
    this.desks = desks;
    this.databases = desks.databases();
    this.limits = limits;
  }

  List<Route> routes() {
    return List.of(
        Route.of("GET", "/v1/caches", "listCaches", this::list),
        Route.of("PUT", CACHE, "openCache", this::open).working(),
        Route.of("GET", CACHE, "getCache", this::get).on(this::database),
        Route.of("PATCH", CACHE, "changeCache", this::change).on(this::database).working(),
        Route.of("DELETE", CACHE, "destroyCache", this::destroy).working(),
        Route.of("POST", CACHE + "/clear", "clear", this::clear).on(this::database),
        Route.of("POST", CACHE + "/purge", "purge", this::purge).on(this::database).working(),
        Route.of("POST", CACHE + "/evict", "evict", this::evict).on(this::database).working(),
        Route.of("GET", CACHE + "/explain/{key}", "explain", this::explain).on(this::database));
  }

  private Database database(Exchange exchange) {
    return desks.database(exchange);
  }

  private void list(Exchange exchange) {
    var caches = new ArrayList<Map<String, Object>>();
    for (var database : databases.all()) {
      caches.add(brief(database));
    }
    exchange.json(200, Map.of("caches", caches));
  }

  private Map<String, Object> brief(Database database) {
    var control = database.control();
    var brief = new LinkedHashMap<String, Object>();
    brief.put("name", database.name());
    var number = databases.number(database);
    if (number != null) {
      brief.put("number", number);
    }
    brief.put("topology", control.spec().placement().topology());
    brief.put("size", database.size());
    brief.put("status", control.health().status());
    return brief;
  }

  /** Creates, or attaches to what is there and has all the settings given. */
  private void open(Exchange exchange) {
    var name = exchange.text("cache");
    var settings = settings(exchange, false);
    try {
      var known = databases.find(name);
      if (known.isPresent()) {
        attach(exchange, known.get(), settings);
      } else {
        var spec = settings.created(name, databases::complete);
        exchange.json(201, whole(databases.create(spec)));
      }
    } catch (ConfigurationException | IllegalArgumentException e) {
      throw Refusals.setting(String.valueOf(e.getMessage()));
    } catch (IllegalStateException e) {
      // Somebody else created it meanwhile, or there are too many.
      var known =
          databases
              .find(name)
              .orElseThrow(
                  () ->
                      new ProblemException(409, "too-many-caches", String.valueOf(e.getMessage())));
      attach(exchange, known, settings);
    }
  }

  private void attach(Exchange exchange, Database known, CacheSettings settings) {
    var different = settings.different(known.control().spec());
    if (!different.isEmpty()) {
      throw new ProblemException(
          409,
          "different",
          "there is a cache of that name with other settings: "
              + String.join(", ", different.entrySet().stream().map(CacheRoutes::shown).toList())
              + "; ask for these, or destroy it first",
          Map.of("different", different));
    }
    exchange.json(200, whole(known));
  }

  private static String shown(Map.Entry<String, Object> setting) {
    return setting.getKey() + " is " + setting.getValue();
  }

  private static CacheSettings settings(Exchange exchange, boolean running) {
    return SettingsReader.read(Formats.ofBody(exchange), exchange.body(), running);
  }

  private void get(Exchange exchange) {
    exchange.json(200, whole(exchange.database()));
  }

  private Map<String, Object> whole(Database database) {
    var whole = brief(database);
    whole.put("settings", SettingsText.all(database.control().spec()));
    whole.put("stats", stats(database.stats()));
    whole.put("health", health(database.control().health()));
    whole.put("store", store(database.front().store().info()));
    return whole;
  }

  private static Map<String, Object> stats(CacheStats stats) {
    var told = new LinkedHashMap<String, Object>();
    told.put("hits", stats.hits());
    told.put("misses", stats.misses());
    told.put("hitRate", stats.hitRate());
    told.put("puts", stats.puts());
    told.put("removals", stats.removals());
    told.put("evictions", stats.evictions());
    told.put("expirations", stats.expirations());
    told.put("size", stats.size());
    told.put("peakSize", stats.peakSize());
    told.put("weight", stats.weight());
    told.put("estimatedBytes", stats.estimatedBytes());
    told.put("misread", stats.misread());
    told.put("tiers", stats.tiers());
    return told;
  }

  private static Map<String, Object> health(Health health) {
    var told = new LinkedHashMap<String, Object>();
    told.put("status", health.status());
    told.put("reasons", health.reasons());
    told.put("uptimeMillis", health.uptime().toMillis());
    return told;
  }

  private static Map<String, Object> store(StoreInfo info) {
    var told = new LinkedHashMap<String, Object>();
    told.put("size", info.size());
    told.put("weight", info.weight());
    told.put("bytes", info.bytes());
    told.put("peakSize", info.peakSize());
    told.put("evictions", info.evictions());
    told.put("expirations", info.expirations());
    told.put("problems", info.problems());
    return told;
  }

  private void change(Exchange exchange) {
    var settings = settings(exchange, true);
    var control = exchange.database().control();
    var bounds = control.spec().bounds();
    try {
      var wanted =
          new Bounds(
              (Long) or(settings, "maximumEntries", bounds.entries()),
              (Long) or(settings, "maximumWeight", bounds.weight()),
              (Long) or(settings, "maximumBytes", bounds.bytes()));
      if (!wanted.equals(bounds)) {
        control.resize(wanted);
      }
    } catch (IllegalArgumentException e) {
      throw Refusals.setting(String.valueOf(e.getMessage()));
    }
    if (settings.get("statistics") instanceof Boolean on) {
      control.recordStats(on);
    }
    exchange.json(200, whole(exchange.database()));
  }

  private static Object or(CacheSettings settings, String name, long otherwise) {
    var given = settings.get(name);
    return given == null ? otherwise : given;
  }

  private void destroy(Exchange exchange) {
    var name = exchange.text("cache");
    var known = databases.find(name).orElseThrow(() -> Refusals.noCache(name));
    try {
      databases.destroy(name);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(409, "always-there", String.valueOf(e.getMessage()));
    }
    desks.forget(known);
    exchange.answer(204);
  }

  private void clear(Exchange exchange) {
    var operation = Params.operation(exchange);
    dev.larder.server.core.Operation.run(operation, exchange.database()::clear);
    exchange.answer(204);
  }

  private void purge(Exchange exchange) {
    exchange.json(200, Map.of("removed", exchange.database().control().purge()));
  }

  private void evict(Exchange exchange) {
    var entries = Params.number(exchange, "entries", 0, 0, Integer.MAX_VALUE);
    exchange.json(200, Map.of("removed", exchange.database().control().evict(entries)));
  }

  private void explain(Exchange exchange) {
    var database = exchange.database();
    var key = Params.key(exchange, limits.keyBytes());
    if (database.snapshot(key, Touch.PEEK) != null) {
      exchange.json(200, Map.of("present", true));
    } else {
      exchange.json(200, Map.of("present", false, "missing", database.explain(key)));
    }
  }
}
