package dev.larder.server.http;

import dev.larder.Bounds;
import dev.larder.CacheStats;
import dev.larder.Clock;
import dev.larder.Health;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Node;
import dev.larder.server.core.Phase;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code /stats} and {@code /health}: how the default cache and the server are. */
final class StateRoutes implements Routes {
  private static final double MEGABYTE = 1 << 20;

  private final Databases databases;
  private final Node node;
  private final Clock clock;

  @Inject
  StateRoutes(Databases databases, Node node, Clock clock) {
    this.databases = databases;
    this.node = node;
    this.clock = clock;
  }

  @Override
  public String document() {
    return "state.yaml";
  }

  @Override
  public List<Route> routes() {
    return List.of(
        Route.of("GET", "/stats", "getStats", this::stats),
        Route.of("GET", "/health", "getHealth", this::health).opened(),
        Route.of("GET", "/health/live", "getLive", this::live).opened(),
        Route.of("GET", "/health/ready", "getReady", this::ready).opened());
  }

  private void stats(Exchange exchange) {
    var stats = databases.first().stats();
    var most = databases.first().control().spec().bounds().entries();
    var members = new LinkedHashMap<String, Object>();
    members.put("hits", stats.hits());
    members.put("misses", stats.misses());
    members.put("sets", stats.puts());
    members.put("deletes", stats.removals());
    members.put("evictions", stats.evictions());
    members.put("expirations", stats.expirations());
    members.put("current_size", stats.size());
    members.put("max_size", most == Bounds.NONE ? null : most);
    members.put("hit_ratio", stats.hitRate());
    members.put("memory_usage_mb", megabytes(stats));
    members.put("uptime_seconds", uptime());
    fresh(exchange, 200, members);
  }

  private void health(Exchange exchange) {
    var health = databases.health();
    var stats = databases.first().stats();
    var members = new LinkedHashMap<String, Object>();
    members.put("status", health.status().name().toLowerCase(Locale.ROOT));
    members.put("reasons", health.reasons());
    members.put("uptime_seconds", uptime());
    members.put("cache_size", stats.size());
    members.put("hit_ratio", stats.hitRate());
    members.put("memory_usage_mb", megabytes(stats));
    members.put("last_check", Instant.ofEpochMilli(clock.exact()).toString());
    fresh(exchange, serves(health) ? 200 : 503, members);
  }

  private void live(Exchange exchange) {
    fresh(exchange, 200, Map.of("status", "live"));
  }

  private void ready(Exchange exchange) {
    var ready = node.phase() == Phase.READY && serves(databases.health());
    fresh(exchange, ready ? 200 : 503, Map.of("status", ready ? "ready" : "not-ready"));
  }

  private static void fresh(Exchange exchange, int status, Map<String, ?> members) {
    exchange.with("cache-control", "no-store").json(status, members);
  }

  private static boolean serves(Health health) {
    return health.status() != Health.Status.UNHEALTHY;
  }

  private double uptime() {
    return node.uptime().toMillis() / 1e3;
  }

  private static double megabytes(CacheStats stats) {
    return Math.rint(stats.estimatedBytes() / MEGABYTE * 1e3) / 1e3;
  }
}
