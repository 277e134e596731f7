package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What several connections do to the same keys at the same time. */
class RacingCommandsTest {
  private static final int CLIENTS = 4;
  private static final int ROUNDS = 300;

  /** What one connection does; gives how often something was so. */
  private interface Part {
    int run(RawClient client, int number) throws IOException;
  }

  private static RespTestServer server(String topology) {
    var settings = Larder.builder().property("topology", topology);
    if (topology.equals("disk")) {
      settings.property("disk.path", ":memory:");
    }
    return RespTestServer.builder().settings(settings).start();
  }

  private static RawClient client(RespTestServer server) throws IOException {
    return new RawClient(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
  }

  private static String ask(RawClient client, String line) throws IOException {
    return Shown.of(client.ask(RawClient.words(line.split(" "))));
  }

  /** The sum of what the parts gave. */
  private static int race(RespTestServer server, Part part) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Callable<Integer>> tasks = new ArrayList<>();
      for (int each = 0; each < CLIENTS; each++) {
        int number = each;
        tasks.add(
            () -> {
              try (var client = client(server)) {
                return part.run(client, number);
              }
            });
      }
      int sum = 0;
      for (Future<Integer> done : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        sum += done.get();
      }
      return sum;
    } finally {
      threads.shutdownNow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void noAdditionIsLost(String topology) throws Exception {
    try (var server = server(topology);
        var client = client(server)) {
      race(
          server,
          (each, number) -> {
            for (int round = 0; round < ROUNDS; round++) {
              ask(each, "INCR n");
              ask(each, "INCRBYFLOAT f 0.5");
              ask(each, "APPEND a x");
            }
            return 0;
          });
      assertEquals("'1200'", ask(client, "GET n"));
      assertEquals("'600'", ask(client, "GET f"));
      assertEquals("1200", ask(client, "STRLEN a"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void oneOfThoseWinsWhoWantAKeyThatIsNotThere(String topology) throws Exception {
    try (var server = server(topology)) {
      int won =
          race(
              server,
              (each, number) -> {
                int wins = 0;
                for (int round = 0; round < ROUNDS; round++) {
                  var answers =
                      ask(each, "SET s" + round + " " + number + " NX")
                          + ask(each, "SETNX n" + round + " " + number)
                          + ask(each, "MSETNX m" + round + " 1 o" + round + " 2");
                  wins += (int) answers.replace("OK", "1").chars().filter(c -> c == '1').count();
                }
                return wins;
              });
      assertEquals(3 * ROUNDS, won);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void whatIsTakenOrRenamedIsTakenOnce(String topology) throws Exception {
    try (var server = server(topology);
        var client = client(server)) {
      for (int round = 0; round < ROUNDS; round++) {
        ask(client, "MSET g" + round + " v r" + round + " v d" + round + " v");
      }
      int taken =
          race(
              server,
              (each, number) -> {
                int takes = 0;
                for (int round = 0; round < ROUNDS; round++) {
                  takes += ask(each, "GETDEL g" + round).equals("'v'") ? 1 : 0;
                  takes += ask(each, "RENAME r" + round + " x").equals("OK") ? 1 : 0;
                  takes += ask(each, "DEL d" + round).equals("1") ? 1 : 0;
                }
                return takes;
              });
      assertEquals(3 * ROUNDS, taken);
      assertEquals("['x']", ask(client, "KEYS *"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "disk"})
  void nobodySeesHalfOfAWriteOfSeveralKeys(String topology) throws Exception {
    try (var server = server(topology);
        var client = client(server)) {
      ask(client, "MSET a v b v");
      int seen =
          race(
              server,
              (each, number) -> {
                int torn = 0;
                for (int round = 0; round < ROUNDS; round++) {
                  var value = number + "-" + round;
                  ask(each, "MSET a " + value + " b " + value);
                  var both = ask(each, "MGET a b");
                  var middle = both.indexOf(", ");
                  torn +=
                      both.substring(1, middle)
                              .equals(both.substring(middle + 2, both.length() - 1))
                          ? 0
                          : 1;
                }
                return torn;
              });
      assertEquals(0, seen);
      assertTrue(ask(client, "GET a").endsWith("-" + (ROUNDS - 1) + "'"));
    }
  }
}
