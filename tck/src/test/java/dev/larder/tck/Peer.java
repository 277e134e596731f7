package dev.larder.tck;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * An application of two: it reads what to do from its input, a line for each, and says what came of
 * it, so that a test decides when it does what, and when it is killed. {@code slowly} in front lets
 * a line be done beside those that follow.
 */
final class Peer {
  private final Larder larder = Larder.open();
  private final String host;
  private final CountDownLatch go = new CountDownLatch(1);
  private Cache<String, Long> cache;

  private Peer(String host) {
    this.host = host;
  }

  /** Takes the address of a server. */
  public static void main(String[] args) throws IOException {
    var peer = new Peer(args[0]);
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (var line = in.readLine(); line != null; line = in.readLine()) {
      peer.take(line);
    }
    peer.larder.close();
  }

  private static void say(String what) {
    System.out.println(what);
    System.out.flush();
  }

  private void take(String line) {
    if (line.startsWith("slowly ")) {
      var rest = line.substring("slowly ".length());
      var thread = new Thread(() -> attempt(rest), "peer-" + rest);
      thread.setDaemon(true);
      thread.start();
    } else {
      attempt(line);
    }
  }

  private void attempt(String line) {
    try {
      say(done(line.split(" ")));
    } catch (RuntimeException e) {
      say("failed " + e.getClass().getSimpleName() + " " + e.getMessage());
    }
  }

  private String done(String... words) {
    switch (words[0]) {
      case "open" -> open(words[1], Duration.ofSeconds(Long.parseLong(words[2])));
      case "put" -> cache.put(words[1], Long.parseLong(words[2]));
      case "increment" -> increment(words[1], Integer.parseInt(words[2]));
      case "hold" -> hold(words[1]);
      case "go" -> go.countDown();
      case "destroy" -> larder.destroy("shared");
      case "get" -> {
        return "got " + cache.get(words[1]);
      }
      case "load" -> {
        return "loaded " + cache.get(words[1], this::load);
      }
      case "load-at-once" -> {
        return "loaded " + cache.get(words[1], key -> 2L);
      }
      default -> throw new IllegalArgumentException("unknown: " + words[0]);
    }
    return "did " + words[0];
  }

  private void open(String namespace, Duration life) {
    cache =
        larder.create(
            CacheSpec.of("shared", String.class, Long.class)
                .topology("remote")
                .option("remote.hosts", host)
                .option("remote.lease", "2s")
                .option("namespace", namespace)
                .loadTimeout(Duration.ofSeconds(2))
                .expireAfterWrite(life)
                .build());
  }

  private void increment(String key, int times) {
    for (int i = 0; i < times; i++) {
      cache.update(
          key,
          entry -> {
            var before = entry.value();
            entry.set(before == null ? 1 : before + 1);
            return true;
          });
    }
  }

  private void hold(String key) {
    cache.update(
        key,
        entry -> {
          say("holding");
          await();
          entry.set(-1L);
          return true;
        });
  }

  private long load(String key) {
    say("loading");
    await();
    return key.length();
  }

  private void await() {
    try {
      go.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
