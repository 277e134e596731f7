package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Limits;
import dev.larder.server.core.StallingStores;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A database whose store hangs holds up nobody but those who asked it. */
class StalledStoreTest {

  @AfterEach
  void open() {
    StallingStores.open();
  }

  private static RespTestClient stalled(RespTestServer server) throws IOException {
    var client = server.connect();
    assertEquals("+OK\r\n", client.ask("SELECT", "slow"));
    return client;
  }

  @Test
  void otherConnectionsOfEveryLoopAreAnsweredWhileAStoreHangs() throws IOException {
    try (var server = RespTestServer.memory()) {
      server.databases().create(StallingStores.spec("slow"));
      try (var waiting = stalled(server)) {
        StallingStores.shut();
        var phase = StallingStores.phase();
        waiting.send(RespTestClient.command("SET", "k", "v"));
        StallingStores.awaitArrival(phase);
        var others = new ArrayList<RespTestClient>();
        for (int each = 0; each < 8; each++) {
          others.add(server.connect());
        }
        for (var other : others) {
          assertEquals("+PONG\r\n", other.ask("PING"));
          assertEquals("+OK\r\n", other.ask("SET", "a", "b"));
          assertEquals("$1\r\nb\r\n", other.ask("GET", "a"));
          other.close();
        }
        StallingStores.open();
        assertEquals("+OK\r\n", waiting.reply());
        assertEquals("$1\r\nv\r\n", waiting.ask("GET", "k"));
      }
    }
  }

  @Test
  void whatAConnectionPipelinesWhileItsStoreHangsIsAnsweredInOrder() throws IOException {
    try (var server = RespTestServer.memory()) {
      server.databases().create(StallingStores.spec("slow"));
      try (var client = stalled(server)) {
        StallingStores.shut();
        var phase = StallingStores.phase();
        client.send("SET k 1\r\nPING first\r\n");
        StallingStores.awaitArrival(phase);
        client.send("INCR k\r\nSELECT 0\r\nSET k zero\r\nSELECT slow\r\nINCR k\r\nECHO last\r\n");
        StallingStores.open();
        assertEquals("+OK\r\n", client.reply());
        assertEquals("$5\r\nfirst\r\n", client.reply());
        assertEquals(":2\r\n", client.reply());
        assertEquals("+OK\r\n", client.reply());
        assertEquals("+OK\r\n", client.reply());
        assertEquals("+OK\r\n", client.reply());
        assertEquals(":3\r\n", client.reply());
        assertEquals("$4\r\nlast\r\n", client.reply());
      }
    }
  }

  @Test
  void aTransactionOverBothKindsOfDatabasesWaitsOnAnotherThread() throws IOException {
    try (var server = RespTestServer.memory()) {
      server.databases().create(StallingStores.spec("slow"));
      try (var client = server.connect();
          var other = server.connect()) {
        client.send("MULTI\r\nSET a 1\r\nSELECT slow\r\nSET b 2\r\nGET b\r\n");
        assertEquals("+OK\r\n", client.reply());
        for (int each = 0; each < 4; each++) {
          assertEquals("+QUEUED\r\n", client.reply());
        }
        assertEquals("+OK\r\n", other.ask("SELECT", "1"));
        StallingStores.shut();
        var phase = StallingStores.phase();
        client.send("EXEC\r\n");
        StallingStores.awaitArrival(phase);
        assertEquals("+OK\r\n", other.ask("SET", "c", "3"));
        StallingStores.open();
        assertEquals("*4\r\n+OK\r\n+OK\r\n+OK\r\n$1\r\n2\r\n", client.reply());
      }
    }
  }

  @Test
  void whenTooMuchWaitsMoreIsRefusedAndTheConnectionGoesOn() throws IOException {
    var d = Limits.DEFAULT;
    var limits =
        new Limits(
            d.keyBytes(),
            d.valueBytes(),
            d.connections(),
            d.requestBytes(),
            d.batch(),
            d.outputBytes(),
            Duration.ZERO,
            d.handshake(),
            1);
    try (var server = RespTestServer.builder().limits(limits).start()) {
      server.databases().create(StallingStores.spec("slow"));
      StallingStores.shut();
      var clients = new ArrayList<RespTestClient>();
      var refused = 0;
      // Sixteen threads wait at the door and one operation in line; the eighteenth is refused.
      for (int each = 0; each < 18; each++) {
        var client = stalled(server);
        clients.add(client);
        var phase = StallingStores.phase();
        client.send("SET k v\r\n");
        if (each < 16) {
          StallingStores.awaitArrival(phase);
        } else if (each == 17) {
          assertTrue(client.reply().startsWith("-BUSY "));
          assertEquals("+PONG\r\n", client.ask("PING"));
          refused++;
        } else {
          // It is in line once that is seen; the next comes on a connection of its own.
          while (server.server().work().waiting() == 0) {
            Thread.onSpinWait();
          }
        }
      }
      StallingStores.open();
      assertEquals(1, refused);
      for (int each = 0; each < 17; each++) {
        assertEquals("+OK\r\n", clients.get(each).reply());
      }
      assertEquals("+OK\r\n", clients.get(17).ask("SET", "k", "w"));
      for (var client : clients) {
        client.close();
      }
    }
  }
}
