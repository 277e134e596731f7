package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.Larder;
import dev.larder.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TransactionTest {
  private static final String QUEUED = "+QUEUED\r\n";
  private static final String OK = "+OK\r\n";
  private static final String NOTHING = "*-1\r\n";

  @Test
  void commandsAreQueuedAndRunByExec() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      assertEquals(OK, client.ask("MULTI"));
      assertEquals(QUEUED, client.ask("SET", "a", "x"));
      assertEquals(QUEUED, client.ask("INCR", "a"));
      assertEquals(QUEUED, client.ask("GET", "a"));
      assertEquals(
          "*3\r\n+OK\r\n-ERR value is not an integer or out of range\r\n$1\r\nx\r\n",
          client.ask("EXEC"));
      assertEquals("-ERR EXEC without MULTI\r\n", client.ask("EXEC"));
      assertEquals("-ERR DISCARD without MULTI\r\n", client.ask("DISCARD"));
    }
  }

  @Test
  void aCommandThatCannotBeQueuedSpoilsTheTransaction() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      for (var wrong : new String[] {"NOSUCH", "GET", "CLIENT"}) {
        client.ask("MULTI");
        assertEquals(QUEUED, client.ask("SET", "a", "1"));
        assertEquals('-', client.ask(wrong).charAt(0));
        assertEquals(
            "-EXECABORT Transaction discarded because of previous errors.\r\n", client.ask("EXEC"));
        assertEquals("$-1\r\n", client.ask("GET", "a"));
      }
    }
  }

  @Test
  void authAndHelloAreRefusedBetweenMultiAndExec() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      for (var wrong : new String[][] {{"AUTH", "default", "x"}, {"HELLO", "3"}}) {
        client.ask("MULTI");
        assertEquals("-ERR Command not allowed inside a transaction\r\n", client.ask(wrong));
        assertEquals(
            "-EXECABORT Transaction discarded because of previous errors.\r\n", client.ask("EXEC"));
      }
    }
  }

  @Test
  void multiAndWatchInsideAreRefusedAndSpoilNothing() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      client.ask("MULTI");
      assertEquals("-ERR MULTI calls can not be nested\r\n", client.ask("MULTI"));
      assertEquals("-ERR WATCH inside MULTI is not allowed\r\n", client.ask("WATCH", "a"));
      assertEquals(QUEUED, client.ask("PING"));
      assertEquals("*1\r\n+PONG\r\n", client.ask("EXEC"));
    }
  }

  @Test
  void discardForgetsTheCommandsAndTheWatches() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      client.ask("WATCH", "a");
      client.ask("SET", "a", "1");
      client.ask("MULTI");
      client.ask("SET", "a", "2");
      assertEquals(OK, client.ask("DISCARD"));
      client.ask("MULTI");
      client.ask("GET", "a");
      assertEquals("*1\r\n$1\r\n1\r\n", client.ask("EXEC"));
    }
  }

  /** Runs a transaction after something was done between its WATCH and MULTI. */
  private static String after(RespTestServer server, String... between) throws IOException {
    try (var client = server.connect();
        var other = server.connect()) {
      other.ask("SET", "there", "1");
      other.ask("DEL", "absent");
      assertEquals(OK, client.ask("WATCH", "there", "absent"));
      for (var command : between) {
        other.ask(command.split(" "));
      }
      client.ask("MULTI");
      client.ask("PING");
      return client.ask("EXEC");
    }
  }

  @Test
  void anyChangeOfAWatchedKeyAborts() throws IOException {
    try (var server = RespTestServer.memory()) {
      assertEquals("*1\r\n+PONG\r\n", after(server));
      assertEquals("*1\r\n+PONG\r\n", after(server, "GET there", "SET else 1", "DEL absent"));
      assertEquals(NOTHING, after(server, "SET there 1"));
      assertEquals(NOTHING, after(server, "DEL there"));
      assertEquals(NOTHING, after(server, "SET absent 1", "DEL absent"));
      assertEquals(NOTHING, after(server, "DEL there", "SET there 1"));
      assertEquals(NOTHING, after(server, "EXPIRE there 100"));
      assertEquals(NOTHING, after(server, "APPEND there x"));
      assertEquals(NOTHING, after(server, "RENAME there other"));
      assertEquals(NOTHING, after(server, "FLUSHALL"));
      assertEquals(NOTHING, after(server, "SELECT 1", "FLUSHALL"));
      assertEquals("*1\r\n+PONG\r\n", after(server, "SELECT 1", "SET there 2"));
    }
  }

  @Test
  void anEntryWhoseTimeRunsOutUnseenAborts() throws IOException {
    var clock = new VirtualClock();
    try (var server = RespTestServer.builder().settings(Larder.builder().clock(clock)).start();
        var client = server.connect()) {
      client.ask("SET", "a", "1", "PX", "100");
      client.ask("WATCH", "a");
      clock.advance(Duration.ofMillis(101));
      client.ask("MULTI");
      client.ask("PING");
      assertEquals(NOTHING, client.ask("EXEC"));
    }
  }

  @Test
  void anAbortIsNullInResp3() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      client.ask("HELLO", "3");
      client.ask("WATCH", "a");
      client.ask("SET", "a", "1");
      client.ask("MULTI");
      assertEquals("_\r\n", client.ask("EXEC"));
    }
  }

  @Test
  void incrementsUnderWatchLoseNone() throws Exception {
    var rounds = 200;
    var threads = Executors.newFixedThreadPool(3);
    try (var server = RespTestServer.memory()) {
      Callable<Void> adder =
          () -> {
            try (var client = server.connect()) {
              for (int done = 0; done < rounds; ) {
                client.ask("WATCH", "n");
                var text = client.ask("GET", "n").split("\r\n");
                var next = text.length < 2 ? 1 : Integer.parseInt(text[1]) + 1;
                client.ask("MULTI");
                client.ask("SET", "n", Integer.toString(next));
                done += client.ask("EXEC").equals(NOTHING) ? 0 : 1;
              }
            }
            return null;
          };
      var first = threads.submit(adder);
      var second = threads.submit(adder);
      var third = threads.submit(adder);
      first.get();
      second.get();
      third.get();
      try (var client = server.connect()) {
        assertEquals("$3\r\n" + 3 * rounds + "\r\n", client.ask("GET", "n"));
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void nobodySeesATransactionHalfDone() throws Exception {
    var rounds = 300;
    var threads = Executors.newFixedThreadPool(1);
    try (var server = RespTestServer.memory();
        var reader = server.connect()) {
      var writer =
          threads.submit(
              () -> {
                try (var client = server.connect()) {
                  for (int each = 0; each < rounds; each++) {
                    client.send("MULTI\r\nSET a " + each + "\r\nSET b " + each + "\r\nEXEC\r\n");
                    for (int reply = 0; reply < 4; reply++) {
                      client.reply();
                    }
                  }
                }
                return null;
              });
      while (!writer.isDone()) {
        var both = reader.ask("MGET", "a", "b").split("\r\n");
        if (both.length == 5) {
          assertEquals(both[2], both[4]);
        }
      }
      writer.get();
    } finally {
      threads.shutdownNow();
    }
  }
}
