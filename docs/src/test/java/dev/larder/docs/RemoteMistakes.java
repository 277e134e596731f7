package dev.larder.docs;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.tck.support.LarderServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Mistakes with a server, or without one. */
final class RemoteMistakes {

  private RemoteMistakes() {}

  static void make(Provocations told) throws IOException {
    try (var larder = Larder.open()) {
      absent(told, larder);
      try (var server = LarderServer.start(Map.of("LARDER_PASSWORD", "secret"))) {
        told.tell(() -> larder.create(at(server.host()).build()));
        told.heard(redis(server, "GET key"));
        told.heard(redis(server, "AUTH wrong"));
      }
      try (var server = LarderServer.start()) {
        told.heard(redis(server, "LPUSH list 1"));
        told.heard(redis(server, "SELECT 3"));
        present(told, larder, server);
      }
    }
  }

  private static void absent(Provocations told, Larder larder) throws IOException {
    var closed = silent(told, larder);
    told.tell(() -> larder.create(at(closed).build()));
    told.tell(() -> larder.create(at("127.0.0.1").option("remote.tme", "1s").build()));
    told.tell(() -> larder.create(at("127.0.0.1").option("remote.trust", "a.pem").build()));
    told.tell(() -> larder.create(at("127.0.0.1").option("memory.maximum-entries", "1").build()));
  }

  /** Asks a server that never answers, and gives the address where it was. */
  private static String silent(Provocations told, Larder larder) throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var host = "127.0.0.1:" + silent.getLocalPort();
      told.tell(() -> larder.create(at(host).option("remote.timeout", "50ms").build()));
      return host;
    }
  }

  private static void present(Provocations told, Larder larder, LarderServer server) {
    told.tell(() -> larder.create(at(server.redisHost()).build()));
    told.tell(() -> larder.create(at(server.host()).option("remote.tls", "true").build()));
    var cache = larder.create(at(server.host()).option("remote.lease", "20ms").build());
    told.tell(() -> cache.put("k".repeat(300_000), "value"));
    told.tell(() -> cache.put("key", "v".repeat(68_000_000)));
    var never = new CountDownLatch(1);
    told.tell(
        () ->
            cache.update(
                "key",
                entry -> {
                  entry.set("late");
                  return awaited(never);
                }));
    told.tell(
        () -> {
          try (var other = Larder.open()) {
            other.create(at(server.host()).maximumEntries(5).build());
          }
        });
  }

  /** Waits for what does not come. */
  private static boolean awaited(CountDownLatch never) {
    try {
      return never.await(100, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static CacheSpec.Builder<String, String> at(String host) {
    return CacheSpec.of("cache", String.class, String.class)
        .topology("remote")
        .option("remote.hosts", host);
  }

  /** What a server answers to one command of the Redis protocol. */
  private static String redis(LarderServer server, String command) throws IOException {
    var host = server.redisHost().split(":", -1);
    try (var socket = new Socket(host[0], Integer.parseInt(host[1]))) {
      socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.UTF_8));
      var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
      return String.valueOf(new BufferedReader(in).readLine());
    }
  }
}
