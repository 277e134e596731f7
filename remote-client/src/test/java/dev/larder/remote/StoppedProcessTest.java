package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.engine.SystemClock;
import dev.larder.server.http.v1.V1Server;
import dev.larder.testkit.VirtualClock;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Forbidden: a process that was stopped shows, on waking, a copy from before. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class StoppedProcessTest {
  private static final int STOPS = Integer.getInteger("larder.soak.stops", 2);
  private static final long STOPPED = TimeUnit.MILLISECONDS.toNanos(3_000);

  @Test
  void processThatWasStoppedShowsNoOldCopyOnWaking() throws Exception {
    try (var server = V1Server.timed(new VirtualClock());
        var larder = Larder.builder().open()) {
      var cache =
          larder.create(
              CacheSpec.of("stopped", String.class, Long.class)
                  .topology("remote")
                  .option("remote.hosts", "127.0.0.1:" + server.port())
                  .build());
      cache.put("k", 0L);
      var client = start(server.port());
      try (var said = client.inputReader(StandardCharsets.UTF_8)) {
        for (long round = 1; round <= STOPS; round++) {
          client.outputWriter(StandardCharsets.UTF_8).append('r').flush();
          assertEquals("ready " + (round - 1), next(said));
          signal("STOP", client);
          cache.put("k", round);
          pass(STOPPED);
          signal("CONT", client);
          assertEquals("woke " + round, next(said));
        }
      } finally {
        client.destroyForcibly();
      }
    }
  }

  /** Parking may end early. */
  private static void pass(long nanos) {
    var clock = SystemClock.instance();
    var end = clock.ticks() + nanos;
    while (clock.ticks() < end) {
      LockSupport.parkNanos(end - clock.ticks());
    }
  }

  private static String next(BufferedReader said) {
    return assertTimeoutPreemptively(Duration.ofSeconds(60), said::readLine);
  }

  private static Process start(int port) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            StoppedClient.class.getName(),
            String.valueOf(port))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static void signal(String name, Process process) throws Exception {
    var kill =
        new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid())).inheritIO().start();
    assertEquals(0, kill.waitFor());
  }
}
