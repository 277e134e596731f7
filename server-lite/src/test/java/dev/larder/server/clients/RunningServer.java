package dev.larder.server.clients;

import dev.larder.Larder;
import dev.larder.server.serve.Server;
import dev.larder.server.serve.Settings;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.Map;
import redis.clients.jedis.RedisClient;

/**
 * The server that clients are tried on: the whole of it, on ports of its own. With {@code
 * -Dlarder.test.resp=PORT} it is the one that listens there on this machine, such as a
 * redis-server: what these tests ask of Larder must hold for that one too.
 */
public final class RunningServer implements AutoCloseable {
  private static final Integer ELSEWHERE = Integer.getInteger("larder.test.resp");

  private final Server server;

  private RunningServer(Server server) {
    this.server = server;
  }

  /** A server that is up, with default settings. */
  public static RunningServer start() {
    return start(Map.of());
  }

  /** A server that is up, with further settings. */
  public static RunningServer start(Map<String, String> settings) {
    var builder = Larder.builder();
    builder.property("server.port", "0");
    builder.property("server.resp-port", "0");
    builder.property("server.log-level", "error");
    settings.forEach(builder::property);
    return new RunningServer(Server.start(Settings.read(builder)));
  }

  /** Whether it is not Larder. */
  public boolean elsewhere() {
    return ELSEWHERE != null;
  }

  /** The port of the Redis protocol. */
  public int respPort() {
    return ELSEWHERE != null ? ELSEWHERE : server.resp().orElseThrow().getPort();
  }

  /** The port of HTTP. */
  public int httpPort() {
    return server.http().getPort();
  }

  /** The address of a path. */
  public String url(String path) {
    return "http://127.0.0.1:" + httpPort() + path;
  }

  /** What runs. */
  public Server server() {
    return server;
  }

  /** Has the server publish events of keys, where it does not anyhow. */
  public void tellEvents(RedisClient client) {
    client.configSet("notify-keyspace-events", "KEA");
  }

  /** Has the server publish events of keys, where it does not anyhow. */
  public void tellEvents(StatefulRedisConnection<String, String> connection) {
    connection.sync().configSet("notify-keyspace-events", "KEA");
  }

  @Override
  public void close() {
    server.close();
  }
}
