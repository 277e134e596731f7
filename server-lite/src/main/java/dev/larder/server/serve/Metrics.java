package dev.larder.server.serve;

import dev.larder.Bounds;
import dev.larder.MissCause;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Node;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.core.Work;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;

/** The server's own metrics, read when somebody asks. */
@Singleton
final class Metrics implements MultiCollector {
  private final Meters meters;
  private final Databases databases;
  private final Work work;
  private final Node node;

  @Inject
  Metrics(Meters meters, Databases databases, Work work, Node node) {
    this.meters = meters;
    this.databases = databases;
    this.work = work;
    this.node = node;
  }

  @Override
  public MetricSnapshots collect() {
    var to = new Families();
    for (var protocol : Protocol.values()) {
      protocol(meters.side(protocol), protocol.name().toLowerCase(Locale.ROOT), to);
    }
    databases.all().forEach(database -> cache(database, to));
    server(to);
    return to.all();
  }

  private static void protocol(Meters.Side side, String name, Families to) {
    side.operations()
        .forEach(
            (operation, latencies) ->
                to.histogram(
                    "larder_operation_seconds",
                    "How long operations took, from parsed to answered.",
                    latencies,
                    "protocol",
                    name,
                    "operation",
                    operation));
    side.failures()
        .forEach(
            (operation, count) ->
                to.counter(
                    "larder_operation_failures",
                    "Operations that failed through no fault of the client.",
                    count.sum(),
                    "protocol",
                    name,
                    "operation",
                    operation));
    side.refusals()
        .forEach(
            (reason, count) ->
                to.counter(
                    "larder_connections_refused",
                    "Connections that were refused or cut.",
                    count.sum(),
                    "protocol",
                    name,
                    "reason",
                    reason));
    to.gauge("larder_connections", "Open connections.", side.open(), "protocol", name);
    to.counter(
        "larder_connections_opened",
        "Connections that were opened.",
        side.opened(),
        "protocol",
        name);
    to.counter(
        "larder_network_received_bytes",
        "Bytes that came over the network.",
        side.in(),
        "protocol",
        name);
    to.counter(
        "larder_network_sent_bytes",
        "Bytes that went over the network.",
        side.out(),
        "protocol",
        name);
  }

  private static void cache(Database database, Families to) {
    var name = database.name();
    var stats = database.stats();
    to.counter("larder_cache_hits", "Reads that found an entry.", stats.hits(), "cache", name);
    var unknown = stats.misses();
    for (var cause : MissCause.values()) {
      var count = stats.misread().getOrDefault(cause, 0L);
      if (cause != MissCause.UNKNOWN) {
        unknown -= count;
        misses(name, cause, count, to);
      }
    }
    misses(name, MissCause.UNKNOWN, Math.max(0, unknown), to);
    to.counter("larder_cache_puts", "Values stored by clients.", stats.puts(), "cache", name);
    to.counter(
        "larder_cache_removals", "Entries removed by clients.", stats.removals(), "cache", name);
    to.counter(
        "larder_cache_evictions", "Entries that left for space.", stats.evictions(), "cache", name);
    to.counter(
        "larder_cache_expirations",
        "Entries whose time ran out.",
        stats.expirations(),
        "cache",
        name);
    to.gauge("larder_cache_entries", "Entries now.", stats.size(), "cache", name);
    to.gauge(
        "larder_cache_bytes",
        "What the entries take, estimated.",
        stats.estimatedBytes(),
        "cache",
        name);
    bounds(name, database.control().spec().bounds(), to);
  }

  private static void misses(String cache, MissCause cause, long count, Families to) {
    to.counter(
        "larder_cache_misses",
        "Reads that found none, by why.",
        count,
        "cache",
        cache,
        "cause",
        cause.name().toLowerCase(Locale.ROOT));
  }

  private static void bounds(String cache, Bounds bounds, Families to) {
    to.gauge(
        "larder_cache_max_entries",
        "The largest number of entries, infinite for no bound.",
        bound(bounds.entries()),
        "cache",
        cache);
    to.gauge(
        "larder_cache_max_bytes",
        "The largest estimated size, infinite for no bound.",
        bound(bounds.bytes()),
        "cache",
        cache);
  }

  private static double bound(long most) {
    return most == Bounds.NONE ? Double.POSITIVE_INFINITY : (double) most;
  }

  private void server(Families to) {
    to.gauge("larder_node", "Always 1; says which node this is.", 1L, "node", node.id());
    to.gauge("larder_uptime_seconds", "Since the start.", node.uptime().toMillis() / 1e3);
    state("larder_health", "How the caches are.", databases.health().status(), to);
    state("larder_phase", "How far the server is.", node.phase(), to);
    to.gauge("larder_store_waiting", "Operations in line for a store.", work.waiting());
    if (ByteBufAllocator.DEFAULT instanceof ByteBufAllocatorMetricProvider known) {
      to.gauge(
          "larder_buffer_bytes",
          "Memory of network buffers.",
          known.metric().usedDirectMemory(),
          "area",
          "direct");
      to.gauge(
          "larder_buffer_bytes",
          "Memory of network buffers.",
          known.metric().usedHeapMemory(),
          "area",
          "heap");
    }
  }

  /** One line for each word there is: 1 for what is, 0 for the others. */
  private static <E extends Enum<E>> void state(String name, String help, E now, Families to) {
    for (var each : now.getDeclaringClass().getEnumConstants()) {
      to.gauge(name, help, each == now ? 1L : 0L, "state", each.name().toLowerCase(Locale.ROOT));
    }
  }
}
