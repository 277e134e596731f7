package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** A whole server over a real socket: what is on the wire. */
class RespServerTest {

  @Test
  void pingAndSetAndGetAreAnsweredInOrder() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      assertEquals("+PONG\r\n", client.ask("PING"));
      client.send("SET k v\r\n*2\r\n$3\r\nGeT\r\n$1\r\nk\r\n");
      assertEquals("+OK\r\n", client.reply());
      assertEquals("$1\r\nv\r\n", client.reply());
      assertEquals("$-1\r\n", client.ask("GET", "other"));
      assertTrue(client.ask("INFO").contains("redis_version:7.4"));
    }
  }
}
