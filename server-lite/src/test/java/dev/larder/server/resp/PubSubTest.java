package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.Larder;
import dev.larder.server.core.Limits;
import dev.larder.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PubSubTest {
  private static String message(String channel, String text) {
    return "*3\r\n$7\r\nmessage\r\n" + bulk(channel) + bulk(text);
  }

  private static String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  @Test
  void messagesGoToChannelsAndPatterns() throws IOException {
    try (var server = RespTestServer.memory();
        var listener = server.connect();
        var sender = server.connect()) {
      listener.send("SUBSCRIBE news\r\nPSUBSCRIBE n*\r\n");
      assertEquals("*3\r\n$9\r\nsubscribe\r\n$4\r\nnews\r\n:1\r\n", listener.reply());
      assertEquals("*3\r\n$10\r\npsubscribe\r\n$2\r\nn*\r\n:2\r\n", listener.reply());
      assertEquals(":2\r\n", sender.ask("PUBLISH", "news", "hello"));
      assertEquals(message("news", "hello"), listener.reply());
      assertEquals(
          "*4\r\n$8\r\npmessage\r\n" + bulk("n*") + bulk("news") + bulk("hello"), listener.reply());
      assertEquals(":0\r\n", sender.ask("PUBLISH", "else", "x"));
      assertEquals(
          "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET"
              + " are allowed in this context\r\n",
          listener.ask("GET", "a"));
      assertEquals("*1\r\n$4\r\nnews\r\n", sender.ask("PUBSUB", "CHANNELS"));
      assertEquals("*2\r\n$4\r\nnews\r\n:1\r\n", sender.ask("PUBSUB", "NUMSUB", "news"));
      assertEquals(":1\r\n", sender.ask("PUBSUB", "NUMPAT"));
    }
  }

  @Test
  void aListenerThatLeavesIsForgotten() throws Exception {
    try (var server = RespTestServer.memory();
        var sender = server.connect()) {
      try (var listener = server.connect()) {
        listener.ask("SUBSCRIBE", "a");
        listener.ask("QUIT");
        listener.rest();
      }
      while (!server.server().pubSub().isEmpty()) {
        Thread.onSpinWait();
      }
      assertEquals(":0\r\n", sender.ask("PUBLISH", "a", "x"));
    }
  }

  @Test
  void inResp3CommandsGoOnWhileSubscribed() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      client.ask("HELLO", "3");
      assertEquals(">3\r\n$9\r\nsubscribe\r\n$1\r\na\r\n:1\r\n", client.ask("SUBSCRIBE", "a"));
      assertEquals("+OK\r\n", client.ask("SET", "k", "v"));
      assertEquals(":1\r\n", client.ask("PUBLISH", "a", "x"));
      assertEquals(">3\r\n$7\r\nmessage\r\n$1\r\na\r\n$1\r\nx\r\n", client.reply());
    }
  }

  @Test
  void aListenerThatDoesNotReadIsCutAndOthersGoOn() throws IOException {
    var d = Limits.DEFAULT;
    var limits =
        new Limits(
            d.keyBytes(),
            d.valueBytes(),
            d.connections(),
            d.requestBytes(),
            d.batch(),
            1 << 20,
            Duration.ZERO,
            d.handshake(),
            d.waiting());
    try (var server = RespTestServer.builder().limits(limits).start();
        var slow = server.connect();
        var sender = server.connect()) {
      slow.ask("SUBSCRIBE", "a");
      var text = "x".repeat(100_000);
      var receivers = ":1\r\n";
      // The kernel takes some megabytes for a reader that sleeps, the server one more.
      for (int each = 0; each < 1_000 && receivers.equals(":1\r\n"); each++) {
        receivers = sender.ask("PUBLISH", "a", text);
      }
      assertEquals(":0\r\n", receivers);
      assertThrows(
          IOException.class,
          () -> {
            while (true) {
              slow.reply();
            }
          });
      assertEquals("+PONG\r\n", sender.ask("PING"));
    }
  }

  @Test
  void keyspaceEventsTellWhatRedisTells() throws IOException {
    var clock = new VirtualClock();
    try (var server = RespTestServer.builder().settings(Larder.builder().clock(clock)).start();
        var listener = server.connect();
        var client = server.connect()) {
      assertEquals("+OK\r\n", client.ask("CONFIG", "SET", "notify-keyspace-events", "KEA"));
      assertEquals(
          "*2\r\n$22\r\nnotify-keyspace-events\r\n$3\r\nAKE\r\n",
          client.ask("CONFIG", "GET", "notify-keyspace-events"));
      listener.ask("PSUBSCRIBE", "__key*__:*");
      client.ask("SET", "k", "1");
      told(listener, "k", "set");
      client.ask("INCR", "k");
      told(listener, "k", "incrby");
      client.ask("EXPIRE", "k", "100");
      told(listener, "k", "expire");
      client.ask("PERSIST", "k");
      told(listener, "k", "persist");
      client.ask("RENAME", "k", "l");
      // The other way round than Redis: what is copied before it is removed is never lost.
      told(listener, "l", "rename_to");
      told(listener, "k", "rename_from");
      client.ask("SET", "l", "1", "EX", "10");
      told(listener, "l", "set");
      told(listener, "l", "expire");
      clock.advance(Duration.ofSeconds(11));
      client.ask("SET", "l", "2");
      told(listener, "l", "expired");
      told(listener, "l", "set");
      client.ask("DEL", "l");
      told(listener, "l", "del");
      client.ask("CONFIG", "SET", "notify-keyspace-events", "");
      client.ask("SET", "l", "2");
      client.ask("PUBLISH", "__keyend__:", "x");
      assertEquals(
          "*4\r\n$8\r\npmessage\r\n" + bulk("__key*__:*") + bulk("__keyend__:") + bulk("x"),
          listener.reply());
    }
  }

  private static void told(RespTestClient listener, String key, String event) throws IOException {
    assertEquals(
        "*4\r\n$8\r\npmessage\r\n"
            + bulk("__key*__:*")
            + bulk("__keyspace@0__:" + key)
            + bulk(event),
        listener.reply());
    assertEquals(
        "*4\r\n$8\r\npmessage\r\n"
            + bulk("__key*__:*")
            + bulk("__keyevent@0__:" + event)
            + bulk(key),
        listener.reply());
  }
}
