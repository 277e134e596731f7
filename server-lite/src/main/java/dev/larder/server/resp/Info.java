package dev.larder.server.resp;

import dev.larder.CacheStats;
import dev.larder.server.core.Database;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * What {@code INFO} says: the fields of Redis that mean something here, and a few of our own. Sums
 * are over all databases.
 */
final class Info {
  /**
   * The version of Redis that clients take this for. Answers are those of 7.2, and so are the
   * commands; but Jedis keeps its client-side cache only with servers that call themselves 7.4.
   */
  static final String REDIS_VERSION = "7.4.0";

  private static final List<String> SECTIONS =
      List.of(
          "server",
          "clients",
          "memory",
          "stats",
          "replication",
          "cpu",
          "errorstats",
          "cluster",
          "keyspace");

  private final RespServer server;
  private final StringBuilder text = new StringBuilder();

  Info(RespServer server) {
    this.server = server;
  }

  /** The name and version of this server. */
  static String title() {
    return "Larder ver. " + Version.LARDER;
  }

  /** Read once: it is in the jar. */
  private static final class Version {
    private static final String LARDER = read();

    private static String read() {
      var build = new Properties();
      try (var in = Info.class.getResourceAsStream("/dev/larder/server/build.properties")) {
        if (in != null) {
          build.load(in);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return build.getProperty("version", "unknown");
    }
  }

  /** The sections that a request asks for; all where it names none. */
  String text(Request request) {
    var wanted = new TreeSet<String>();
    for (int at = 1; at < request.size(); at++) {
      wanted.add(request.text(at).toLowerCase(Locale.ROOT));
    }
    var all =
        wanted.isEmpty()
            || !Set.of("all", "default", "everything").stream().noneMatch(wanted::contains);
    for (var section : SECTIONS) {
      if (all || wanted.contains(section)) {
        section(section);
      }
    }
    return text.toString();
  }

  private void section(String name) {
    if (!text.isEmpty()) {
      text.append("\r\n");
    }
    var title =
        name.equals("cpu")
            ? "CPU"
            : name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
    text.append("# ").append(title).append("\r\n");
    switch (name) {
      case "server" -> server();
      case "clients" -> clients();
      case "memory" -> memory();
      case "stats" -> stats();
      case "replication" -> replication();
      case "cpu" -> cpu();
      case "cluster" -> field("cluster_enabled", 0);
      case "keyspace" -> keyspace();
      default -> {}
    }
  }

  private void field(String name, Object value) {
    text.append(name).append(':').append(value).append("\r\n");
  }

  private void server() {
    field("redis_version", REDIS_VERSION);
    field("redis_mode", "standalone");
    field("larder_version", Version.LARDER);
    field("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    field("arch_bits", 64);
    field("java_version", Runtime.version());
    field("process_id", ProcessHandle.current().pid());
    field("server_time_usec", server.clock().exact() * 1_000);
    field("uptime_in_seconds", server.uptime());
    field("uptime_in_days", server.uptime() / 86_400);
  }

  private void clients() {
    var clients = server.clients().all();
    field("connected_clients", clients.size());
    field("maxclients", server.limits().connections());
    field("blocked_clients", 0);
    field("tracking_clients", server.trackers().clients());
    field("pubsub_clients", clients.stream().filter(RespSession::listens).count());
    field(
        "watching_clients", clients.stream().filter(client -> client.watches().size() > 0).count());
  }

  private void memory() {
    var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    field("used_memory", heap.getUsed());
    field("used_memory_human", human(heap.getUsed()));
    field("used_memory_dataset", sum(CacheStats::estimatedBytes));
    field("total_system_memory", heap.getMax());
    field("maxmemory", Settings.memory(server));
    field("maxmemory_human", human(Settings.memory(server)));
    field("maxmemory_policy", "allkeys-lfu");
    field("mem_allocator", "jvm");
  }

  private static String human(long bytes) {
    return String.format(Locale.ROOT, "%.2fM", bytes / (1024.0 * 1024.0));
  }

  private long sum(ToLongFunction<CacheStats> figure) {
    return server.databases().all().stream().map(Database::stats).mapToLong(figure).sum();
  }

  private void stats() {
    field("total_connections_received", server.clients().ever());
    field("total_commands_processed", server.runner().performed());
    field("keyspace_hits", sum(CacheStats::hits));
    field("keyspace_misses", sum(CacheStats::misses));
    field("expired_keys", sum(CacheStats::expirations));
    field("evicted_keys", sum(CacheStats::evictions));
    field("pubsub_channels", server.pubSub().channels().size());
    field("pubsub_patterns", server.pubSub().patterns());
    field("tracking_total_keys", server.trackers().keys());
    field("tracking_total_prefixes", server.trackers().prefixes());
  }

  private void replication() {
    field("role", "master");
    field("connected_slaves", 0);
    field("master_repl_offset", 0);
  }

  private void cpu() {
    var used = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    field("used_cpu_user", String.format(Locale.ROOT, "%.6f", used.toNanos() / 1e9));
  }

  private void keyspace() {
    var lines = new ArrayList<String>();
    for (var database : server.databases().all()) {
      var size = database.size();
      if (size > 0) {
        var number = server.databases().number(database);
        var name = number == null ? "cache_" + database.name() : "db" + number;
        lines.add(name + ":keys=" + size + ",expires=0,avg_ttl=0\r\n");
      }
    }
    var sorted = lines.toArray(new String[0]);
    Arrays.sort(sorted);
    for (var line : sorted) {
      text.append(line);
    }
  }
}
