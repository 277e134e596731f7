package dev.larder.server.resp;

import dev.larder.CacheSpec;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import java.util.Map;
import java.util.TreeMap;

/** The settings of the server under the names that they have in Redis. */
final class Settings {
  private Settings() {}

  /** The bytes that entries of the default database may take, 0 for no bound. */
  static long memory(RespServer server) {
    CacheSpec<Bytes, Payload> spec = server.databases().first().front().spec();
    var bytes = spec.bounds().bytes();
    return bytes == dev.larder.Bounds.NONE ? 0 : bytes;
  }

  /** All, by name. */
  static Map<String, String> all(RespServer server) {
    var limits = server.limits();
    var all = new TreeMap<String, String>();
    all.put("appendonly", "no");
    all.put("save", "");
    all.put("databases", Integer.toString(numbered(server)));
    all.put("maxclients", Integer.toString(limits.connections()));
    all.put("maxmemory", Long.toString(memory(server)));
    all.put("maxmemory-policy", "allkeys-lfu");
    all.put("proto-max-bulk-len", Integer.toString(limits.valueBytes()));
    all.put("client-query-buffer-limit", Integer.toString(limits.requestBytes()));
    all.put("timeout", Long.toString(limits.idle().toSeconds()));
    all.put("tcp-keepalive", "0");
    all.put("tracking-table-max-keys", Integer.toString(Trackers.MOST));
    all.put("notify-keyspace-events", server.events().flags());
    all.put("cluster-enabled", "no");
    all.put("requirepass", "");
    return all;
  }

  /** How many numbers there are to select, those without a database included. */
  private static int numbered(RespServer server) {
    var most = 0;
    for (var database : server.databases().all()) {
      var number = server.databases().number(database);
      most = Math.max(most, number == null ? 0 : number);
    }
    return most + 1;
  }
}
