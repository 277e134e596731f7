package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.server.core.StallingStores;
import dev.larder.spi.Bytes;
import dev.larder.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Client-side caching: who is told, and that nobody keeps what is old. */
class TrackingTest {
  private static final String OK = "+OK\r\n";

  @AfterEach
  void open() {
    StallingStores.open();
  }

  private static String invalid(String key) {
    return ">2\r\n$10\r\ninvalidate\r\n*1\r\n$" + key.length() + "\r\n" + key + "\r\n";
  }

  private static RespTestClient tracking(RespTestServer server, String... options)
      throws IOException {
    var client = server.connect();
    client.ask("HELLO", "3");
    var words = new String[3 + options.length];
    words[0] = "CLIENT";
    words[1] = "TRACKING";
    words[2] = "ON";
    System.arraycopy(options, 0, words, 3, options.length);
    assertEquals(OK, client.ask(words));
    return client;
  }

  @Test
  void aKeyThatWasReadIsInvalidatedOnce() throws IOException {
    try (var server = RespTestServer.memory();
        var client = tracking(server);
        var other = server.connect()) {
      client.ask("GET", "a");
      other.ask("SET", "b", "1");
      other.ask("SET", "a", "1");
      other.ask("SET", "a", "2");
      assertEquals(invalid("a"), client.reply());
      assertEquals("$1\r\n2\r\n", client.ask("GET", "a"));
      other.ask("DEL", "a");
      assertEquals(invalid("a"), client.reply());
      client.ask("MGET", "x", "y");
      other.ask("MSET", "y", "1", "x", "1");
      assertEquals(invalid("y"), client.reply());
      assertEquals(invalid("x"), client.reply());
      assertEquals("+PONG\r\n", client.ask("PING"));
    }
  }

  @Test
  void ownChangesAreToldUnlessNoLoop() throws IOException {
    try (var server = RespTestServer.memory();
        var client = tracking(server);
        var quiet = tracking(server, "NOLOOP")) {
      client.ask("GET", "a");
      assertEquals(OK, client.ask("SET", "a", "1"));
      assertEquals(invalid("a"), client.reply());
      quiet.ask("GET", "b");
      assertEquals(OK, quiet.ask("SET", "b", "1"));
      assertEquals("+PONG\r\n", quiet.ask("PING"));
    }
  }

  @Test
  void whoIsNotToldOfItsOwnChangeIsStillToldOfTheNextOfOthers() throws IOException {
    try (var server = RespTestServer.memory();
        var client = tracking(server, "NOLOOP");
        var other = server.connect()) {
      client.ask("GET", "a");
      client.ask("SET", "a", "1");
      other.ask("SET", "a", "2");
      assertEquals(invalid("a"), client.reply());
    }
  }

  @Test
  void noLoopHidesNoEvictionThatAnOwnWriteBrought() throws IOException {
    var settings = Larder.builder().property("caches.default.maximum-entries", "100");
    try (var server = RespTestServer.builder().settings(settings).start();
        var client = tracking(server, "BCAST", "NOLOOP")) {
      for (int each = 0; each < 1_000; each++) {
        client.send(RespTestClient.command("SET", "key" + each, "x"));
      }
      var answered = 0;
      for (var reply = client.reply(); answered < 999; reply = client.reply()) {
        answered += reply.equals(OK) ? 1 : 0;
      }
      server.databases().first().control().purge();
      assertTrue(client.reply().startsWith(">2\r\n$10\r\ninvalidate\r\n"));
    }
  }

  @Test
  void broadcastTellsOfEveryChangeUnderAPrefix() throws IOException {
    try (var server = RespTestServer.memory();
        var client = tracking(server, "BCAST", "PREFIX", "user:", "PREFIX", "item:");
        var other = server.connect()) {
      other.ask("SET", "user:1", "x");
      other.ask("SET", "else", "x");
      other.ask("SET", "user:1", "y");
      other.ask("DEL", "user:1");
      other.ask("SET", "item:", "y");
      assertEquals(invalid("user:1"), client.reply());
      assertEquals(invalid("user:1"), client.reply());
      assertEquals(invalid("user:1"), client.reply());
      assertEquals(invalid("item:"), client.reply());
      assertEquals("+PONG\r\n", client.ask("PING"));
    }
  }

  @Test
  void optInRemembersOnlyWhatFollowsCachingYes() throws IOException {
    try (var server = RespTestServer.memory();
        var client = tracking(server, "OPTIN");
        var other = server.connect()) {
      client.ask("GET", "a");
      assertEquals(OK, client.ask("CLIENT", "CACHING", "YES"));
      client.ask("GET", "b");
      client.ask("GET", "c");
      other.ask("MSET", "a", "1", "b", "1", "c", "1");
      assertEquals(invalid("b"), client.reply());
      assertEquals("+PONG\r\n", client.ask("PING"));
      client.ask("CLIENT", "CACHING", "YES");
      client.send("MULTI\r\nGET d\r\nGET e\r\nEXEC\r\n");
      for (int each = 0; each < 4; each++) {
        client.reply();
      }
      other.ask("MSET", "d", "1", "e", "1");
      assertEquals(invalid("d"), client.reply());
      assertEquals(invalid("e"), client.reply());
    }
  }

  @Test
  void optOutForgetsOnlyWhatFollowsCachingNo() throws IOException {
    try (var server = RespTestServer.memory();
        var client = tracking(server, "OPTOUT");
        var other = server.connect()) {
      client.ask("CLIENT", "CACHING", "NO");
      client.ask("GET", "a");
      client.ask("GET", "b");
      other.ask("MSET", "a", "1", "b", "1");
      assertEquals(invalid("b"), client.reply());
      assertEquals("+PONG\r\n", client.ask("PING"));
    }
  }

  @Test
  void flushesAndExpiryAreTold() throws IOException {
    var clock = new VirtualClock();
    try (var server = RespTestServer.builder().settings(Larder.builder().clock(clock)).start();
        var client = tracking(server);
        var other = server.connect()) {
      client.ask("GET", "a");
      other.ask("FLUSHALL");
      assertEquals(">2\r\n$10\r\ninvalidate\r\n_\r\n", client.reply());
      client.reply(); // one for each of the two databases
      other.ask("SET", "a", "1", "PX", "100");
      client.ask("GET", "a");
      clock.advance(Duration.ofMillis(101));
      assertEquals("$-1\r\n", other.ask("GET", "a"));
      server.databases().first().control().purge();
      assertEquals(invalid("a"), client.reply());
    }
  }

  @Test
  void evictionIsTold() throws IOException {
    var settings = Larder.builder().property("caches.default.maximum-entries", "100");
    try (var server = RespTestServer.builder().settings(settings).start();
        var client = tracking(server, "BCAST");
        var other = server.connect()) {
      for (int each = 0; each < 1_000; each++) {
        other.ask("SET", "key" + each, "x");
      }
      server.databases().first().control().purge();
      var told = 0;
      client.send("PING\r\n");
      for (var reply = client.reply(); reply.startsWith(">"); reply = client.reply()) {
        told++;
      }
      assertTrue(told >= 1_000 + 1_000 - 100, "only " + told);
    }
  }

  @Test
  void anotherConnectionCanBeToldInstead() throws IOException {
    try (var server = RespTestServer.memory();
        var listener = server.connect();
        var client = server.connect();
        var other = server.connect()) {
      var id = listener.ask("CLIENT", "ID").substring(1).strip();
      listener.ask("SUBSCRIBE", "__redis__:invalidate");
      assertEquals(OK, client.ask("CLIENT", "TRACKING", "ON", "REDIRECT", id));
      assertEquals(":" + id + "\r\n", client.ask("CLIENT", "GETREDIR"));
      client.ask("GET", "a");
      other.ask("SET", "a", "1");
      assertEquals(
          "*3\r\n$7\r\nmessage\r\n$20\r\n__redis__:invalidate\r\n*1\r\n$1\r\na\r\n",
          listener.reply());
    }
  }

  @Test
  void anInvalidationNeverOvertakesTheAnswerThatItIsAbout() throws IOException {
    try (var server = RespTestServer.memory();
        var other = server.connect()) {
      server.databases().create(StallingStores.spec("slow"));
      try (var client = tracking(server)) {
        client.ask("SELECT", "slow");
        StallingStores.shut();
        var phase = StallingStores.phase();
        client.send("GET k\r\n");
        StallingStores.awaitArrival(phase);
        // Keys count whatever their database: the read is remembered and not answered yet.
        other.ask("SET", "k", "1");
        assertEquals("+PONG\r\n", other.ask("PING"));
        StallingStores.open();
        assertEquals("_\r\n", client.reply());
        assertEquals(invalid("k"), client.reply());
      }
    }
  }

  @Test
  void whenTheTableIsFullTheOldestAreInvalidated() throws IOException {
    var clients = new Clients();
    var trackers = new Trackers(clients, 2);
    try (var server = RespTestServer.memory();
        var client = tracking(server)) {
      var session = server.server().clients().all().iterator().next();
      clients.add(session);
      for (var key : new String[] {"a", "b", "c"}) {
        trackers.remember(new Bytes(key.getBytes(US_ASCII)), session);
      }
      assertEquals(2, trackers.keys());
      assertEquals(invalid("a"), client.reply());
    }
  }
}
