package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Access;
import dev.larder.server.core.Limits;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no client should send: each gets the right error, and the server goes on. */
class HostileInputTest {
  private static final Limits SMALL =
      new Limits(100, 1_000, 100, 3_000, 20, 1 << 20, Duration.ZERO, Duration.ofMillis(300), 1_000);

  private static final Access PASSWORD =
      new Access() {
        @Override
        public boolean wanted() {
          return true;
        }

        @Override
        public void check(
            @Nullable String user, byte[] word, SocketAddress from, Consumer<Boolean> answer) {
          answer.accept(
              (user == null || user.equals("default")) && Arrays.equals(word, new byte[] {'p'}));
        }
      };

  private static RespTestServer small() {
    return RespTestServer.builder().limits(SMALL).start();
  }

  /** Sends bytes; gives what comes until the server closes. */
  private static String end(RespTestServer server, String bytes) throws IOException {
    try (var client = server.connect()) {
      client.send(bytes);
      var answer = client.rest();
      try (var other = server.connect()) {
        assertEquals("+PONG\r\n", other.ask("PING"));
      }
      return answer;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "*1\\r\\n$abc\\r\\n|invalid bulk length",
        "*1\\r\\n$-1\\r\\n|invalid bulk length",
        "*1\\r\\n$04\\r\\n|invalid bulk length",
        "*1\\r\\n$1001\\r\\n|invalid bulk length",
        "*1\\r\\n$99999999999999999999999\\r\\n|invalid bulk length",
        "*1\\r\\n$11111111111111111111111111111111111111|too big bulk count string",
        "*11111111111111111111111111111111111111111111|too big mbulk count string",
        "*1\\r\\nx|expected '$', got 'x'",
        "*1\\r\\n\\r\\n|expected '$', got ' '",
        "*x\\r\\n|invalid multibulk length",
        "*+1\\r\\n|invalid multibulk length",
        "*21\\r\\n|invalid multibulk length, at most 20 parts are allowed",
        "*99999999999\\r\\n|invalid multibulk length, at most 20 parts are allowed",
        "get 'a\\r\\n|unbalanced quotes in request",
        "get 'a'b\\r\\n|unbalanced quotes in request"
      })
  void whatIsNoRequestIsToldInTheWordsOfRedis(String bytes, String message) throws IOException {
    try (var server = small()) {
      assertEquals(
          "+PONG\r\n-ERR Protocol error: " + message + "\r\n",
          end(server, "PING\r\n" + bytes.replace("\\r", "\r").replace("\\n", "\n")));
    }
  }

  @Test
  void aRequestThatIsTooLargeAsAWholeIsRefused() throws IOException {
    try (var server = small()) {
      var part = "$1000\r\n" + "x".repeat(1_000) + "\r\n";
      assertEquals(
          "-ERR Protocol error: a request of more than 3000 bytes\r\n",
          end(server, "*5\r\n" + part + part + part + part));
    }
  }

  @Test
  void anInlineRequestWithoutEndIsRefused() throws IOException {
    try (var server = RespTestServer.memory()) {
      assertEquals(
          "-ERR Protocol error: too big inline request\r\n", end(server, "x".repeat(70_000)));
    }
  }

  @Test
  void aKeyThatIsTooLongIsRefusedAndTheConnectionGoesOn() throws IOException {
    try (var server = small();
        var client = server.connect()) {
      assertTrue(client.ask("SET", "k".repeat(101), "v").startsWith("-ERR the key has 101 bytes"));
      assertEquals("+OK\r\n", client.ask("SET", "k".repeat(100), "v".repeat(1_000)));
    }
  }

  @Test
  void httpIsAnsweredAndClosed() throws IOException {
    try (var server = small()) {
      for (var request :
          new String[] {
            "GET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /cache/k HTTP/1.1\r\n\r\nSET k v\r\n",
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "Host: x\r\nSET k v\r\n"
          }) {
        var answer = end(server, request);
        assertTrue(answer.startsWith("HTTP/1.1 400 Bad Request\r\n"), answer);
        assertTrue(answer.endsWith("HTTP has a port of its own.\n"), answer);
      }
      assertEquals(0, server.databases().first().size());
    }
  }

  @Test
  void lengthsThatAreAnnouncedCostNothingBeforeTheirBytesCome() throws IOException {
    var runtime = Runtime.getRuntime();
    try (var server = RespTestServer.memory()) {
      var clients = new ArrayList<RespTestClient>();
      for (int each = 0; each < 300; each++) {
        var client = server.connect();
        client.send("*100000\r\n$3\r\nSET\r\n$1\r\nk\r\n$67108864\r\nbegin");
        clients.add(client);
      }
      // Announced are 20 GB; the heap of this test is far smaller.
      assertTrue(runtime.maxMemory() < 20L << 30);
      try (var other = server.connect()) {
        assertEquals("+PONG\r\n", other.ask("PING"));
      }
      for (var client : clients) {
        client.close();
      }
    }
  }

  @Test
  void aStrangerMaySendLittleAndOnlyAuthenticate() throws IOException {
    try (var server = RespTestServer.builder().access(PASSWORD).start();
        var client = server.connect()) {
      assertEquals("-NOAUTH Authentication required.\r\n", client.ask("GET", "k"));
      assertEquals("-NOAUTH Authentication required.\r\n", client.ask("PING"));
      assertEquals(
          "-ERR Protocol error: unauthenticated multibulk length\r\n", toEnd(server, "*11\r\n"));
      assertEquals(
          "-ERR Protocol error: unauthenticated bulk length\r\n",
          toEnd(server, "*2\r\n$4\r\nAUTH\r\n$16385\r\n"));
      assertEquals(
          "-WRONGPASS invalid username-password pair or user is disabled.\r\n",
          client.ask("AUTH", "wrong"));
      assertEquals(
          "-WRONGPASS invalid username-password pair or user is disabled.\r\n",
          client.ask("AUTH", "other", "p"));
      assertTrue(client.ask("HELLO", "3").startsWith("-NOAUTH HELLO must be called"));
      client.send("AUTH p\r\nPING\r\nHELLO 3 AUTH default wrong\r\nGET k\r\n");
      assertEquals("+OK\r\n", client.reply());
      assertEquals("+PONG\r\n", client.reply());
      assertTrue(client.reply().startsWith("-WRONGPASS"));
      assertEquals("$-1\r\n", client.reply());
      assertTrue(client.ask("HELLO", "3", "AUTH", "default", "p").startsWith("%7"));
      assertEquals("+RESET\r\n", client.ask("RESET"));
      assertEquals("-NOAUTH Authentication required.\r\n", client.ask("PING"));
    }
  }

  @Test
  void whereNoPasswordIsWantedAnUnknownUserIsStillWrong() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      assertEquals(
          "-WRONGPASS invalid username-password pair or user is disabled.\r\n",
          client.ask("AUTH", "nobody", "x"));
      assertTrue(client.ask("HELLO", "3", "AUTH", "nobody", "x").startsWith("-WRONGPASS"));
      assertEquals("+PONG\r\n", client.ask("PING"));
      assertEquals("+OK\r\n", client.ask("AUTH", "default", "x"));
      assertTrue(client.ask("AUTH", "x").startsWith("-ERR AUTH <password> called without any"));
    }
  }

  /** As {@link #end} where others need a password. */
  private static String toEnd(RespTestServer server, String bytes) throws IOException {
    try (var client = server.connect()) {
      return client.send(bytes).rest();
    }
  }

  @Test
  void aStrangerWhoDoesNotAuthenticateInTimeIsCut() throws IOException {
    try (var server = RespTestServer.builder().access(PASSWORD).limits(SMALL).start();
        var stranger = server.connect();
        var friend = server.connect()) {
      assertEquals("+OK\r\n", friend.ask("AUTH", "p"));
      assertEquals("", stranger.rest());
      assertEquals("+PONG\r\n", friend.ask("PING"));
    }
  }

  @Test
  void aConnectionThatSaysNothingIsClosedButAListenerStays() throws IOException {
    var d = Limits.DEFAULT;
    var limits =
        new Limits(
            d.keyBytes(),
            d.valueBytes(),
            d.connections(),
            d.requestBytes(),
            d.batch(),
            d.outputBytes(),
            Duration.ofMillis(200),
            d.handshake(),
            d.waiting());
    try (var server = RespTestServer.builder().limits(limits).start();
        var listener = server.connect();
        var idle = server.connect()) {
      listener.ask("SUBSCRIBE", "a");
      assertEquals("", idle.rest());
      listener.socket().setSoTimeout(400);
      assertThrows(SocketTimeoutException.class, listener::reply);
    }
  }

  @Test
  void aClientThatHasSaidAllStillGetsItsAnswers() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      var big = "x".repeat(3 << 20);
      client.ask("SET", "big", big);
      client.send("GET big\r\nGET big\r\nPING\r\n*1\r\n$4\r\nPI");
      client.shutdownOutput();
      var whole = "$" + big.length() + "\r\n" + big + "\r\n";
      assertEquals(whole + whole + "+PONG\r\n", client.rest());
    }
  }

  @Test
  void quitIsAnsweredAndWhatFollowsIsNot() throws IOException {
    try (var server = RespTestServer.memory()) {
      assertEquals("+PONG\r\n+OK\r\n", end(server, "PING\r\nQUIT\r\nPING\r\n"));
    }
  }

  @Test
  void aPipelineWhoseAnswersNobodyReadsStopsTheReadingAndNothingElse() throws Exception {
    try (var server = RespTestServer.memory();
        var greedy = server.connect();
        var other = server.connect()) {
      other.ask("SET", "big", "x".repeat(1 << 20));
      var asked = 2_000;
      var sender =
          new Thread(
              () -> {
                try {
                  for (int each = 0; each < asked; each++) {
                    greedy.send("GET big\r\n");
                  }
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      sender.start();
      assertEquals("+PONG\r\n", other.ask("PING"));
      var used = PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
      assertTrue(used < 256L << 20, "direct memory " + used);
      for (int each = 0; each < asked; each++) {
        assertEquals((1 << 20) + 12, greedy.reply().length());
      }
      sender.join();
      assertEquals("+PONG\r\n", greedy.ask("PING"));
    }
  }

  @Test
  void anAnswerThatWouldBeTooLongIsAnErrorInstead() throws IOException {
    try (var server = RespTestServer.builder().limits(limitsOfOutput(100_000)).start();
        var client = server.connect()) {
      client.ask("SET", "k", "x".repeat(1_000));
      var words = new String[201];
      Arrays.fill(words, "k");
      words[0] = "MGET";
      assertEquals("-ERR the reply would have more than 100000 bytes\r\n", client.ask(words));
      assertEquals("+PONG\r\n", client.ask("PING"));
    }
  }

  private static Limits limitsOfOutput(int bytes) {
    var d = Limits.DEFAULT;
    return new Limits(
        d.keyBytes(),
        d.valueBytes(),
        d.connections(),
        d.requestBytes(),
        d.batch(),
        bytes,
        d.idle(),
        d.handshake(),
        d.waiting());
  }

  @Test
  void aTransactionHasABoundToo() throws IOException {
    try (var server = small();
        var client = server.connect()) {
      client.ask("MULTI");
      for (int each = 0; each < 20; each++) {
        assertEquals("+QUEUED\r\n", client.ask("PING"));
      }
      assertEquals(
          "-ERR a transaction has at most 20 commands and 3000 bytes\r\n", client.ask("PING"));
      assertTrue(client.ask("EXEC").startsWith("-EXECABORT"));
    }
  }
}
