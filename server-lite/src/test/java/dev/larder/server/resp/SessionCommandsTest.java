package dev.larder.server.resp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Phase;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Commands about connections and the server, as clients use them. */
class SessionCommandsTest {
  private static final String OK = "+OK\r\n";

  @Test
  void helloChangesTheProtocolAndSaysWhoIsThere() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      assertTrue(client.ask("HELLO", "3", "SETNAME", "me").startsWith("%7\r\n$6\r\nserver\r\n"));
      assertEquals("_\r\n", client.ask("GET", "none"));
      assertEquals("$2\r\nme\r\n", client.ask("CLIENT", "GETNAME"));
      assertEquals("-NOPROTO unsupported protocol version\r\n", client.ask("HELLO", "4"));
      assertEquals(
          "-ERR Protocol version is not an integer or out of range\r\n", client.ask("HELLO", "x"));
      assertEquals("_\r\n", client.ask("GET", "none"));
      assertEquals("+RESET\r\n", client.ask("RESET"));
      assertEquals("$-1\r\n", client.ask("CLIENT", "GETNAME"));
    }
  }

  @Test
  void databasesAreSelectedByNumberOrName() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      assertEquals(OK, client.ask("SELECT", "1"));
      assertEquals(OK, client.ask("SET", "k", "one"));
      assertEquals(OK, client.ask("SELECT", "default"));
      assertEquals("$-1\r\n", client.ask("GET", "k"));
      assertEquals(OK, client.ask("SELECT", "other"));
      assertEquals("$3\r\none\r\n", client.ask("GET", "k"));
      assertEquals("-ERR DB index is out of range\r\n", client.ask("SELECT", "7"));
      assertEquals(
          "-ERR value is not an integer or out of range\r\n", client.ask("SELECT", "nobody"));
      assertEquals(":1\r\n", client.ask("DBSIZE"));
      assertEquals(OK, client.ask("SELECT", "0"));
      assertEquals(":0\r\n", client.ask("DBSIZE"));
      assertEquals(OK, client.ask("FLUSHALL", "ASYNC"));
      assertEquals(OK, client.ask("SELECT", "1"));
      assertEquals(":0\r\n", client.ask("DBSIZE"));
    }
  }

  @Test
  void unknownCommandsAndWrongCountsAreToldInTheWordsOfRedis() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      assertEquals(
          "-ERR unknown command 'foo', with args beginning with: 'a' 'b' \r\n",
          client.ask("foo", "a", "b"));
      assertEquals(
          "-ERR wrong number of arguments for 'get' command\r\n", client.ask("GET", "a", "b"));
      assertEquals("-ERR unknown subcommand 'x'. Try CLIENT HELP.\r\n", client.ask("CLIENT", "x"));
      assertEquals(
          "-ERR wrong number of arguments for 'client|setname' command\r\n",
          client.ask("CLIENT", "SETNAME"));
      assertEquals(
          "-ERR This instance has cluster support disabled\r\n", client.ask("CLUSTER", "INFO"));
      assertTrue(client.ask("CLIENT", "HELP").contains("SETNAME"));
    }
  }

  @Test
  void connectionsAreListedAndCanBeKilled() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect();
        var victim = server.connect()) {
      client.ask("CLIENT", "SETNAME", "one");
      client.ask("CLIENT", "SETINFO", "lib-name", "lib");
      victim.ask("CLIENT", "SETNAME", "two");
      var id = victim.ask("CLIENT", "ID").substring(1).strip();
      var list = client.ask("CLIENT", "LIST");
      assertTrue(list.contains(" name=one ") && list.contains(" name=two "), list);
      assertTrue(client.ask("CLIENT", "INFO").contains("lib-name=lib"));
      assertTrue(client.ask("CLIENT", "LIST", "ID", id).contains("id=" + id + " "));
      assertEquals(
          "-ERR Client names cannot contain spaces, newlines or special characters.\r\n",
          client.ask("CLIENT", "SETNAME", "a b"));
      assertEquals(":1\r\n", client.ask("CLIENT", "KILL", "ID", id));
      assertEquals("", victim.rest());
      assertEquals("-ERR No such client\r\n", client.ask("CLIENT", "KILL", "1.2.3.4:5"));
    }
  }

  @Test
  void answersCanBeTurnedOff() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      client.send("CLIENT REPLY OFF\r\nPING\r\nNOSUCH\r\nCLIENT REPLY ON\r\n");
      assertEquals(OK, client.reply());
      client.send("CLIENT REPLY SKIP\r\nPING\r\nECHO a\r\n");
      assertEquals("$1\r\na\r\n", client.reply());
    }
  }

  @Test
  void commandsDescribeThemselves() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      var count = Integer.parseInt(client.ask("COMMAND", "COUNT").substring(1).strip());
      assertTrue(client.ask("COMMAND").startsWith("*" + count + "\r\n"));
      assertTrue(
          client.ask("COMMAND", "INFO", "get").startsWith("*1\r\n*10\r\n$3\r\nget\r\n:2\r\n"));
      assertEquals(
          "*2\r\n$1\r\na\r\n$1\r\nb\r\n",
          client.ask("COMMAND", "GETKEYS", "mset", "a", "1", "b", "2"));
      assertTrue(client.ask("COMMAND", "DOCS", "get").contains("summary"));
      assertEquals(
          "*1\r\n$6\r\ngetdel\r\n", client.ask("COMMAND", "LIST", "FILTERBY", "PATTERN", "getd*"));
    }
  }

  @Test
  void infoHasWhatClientsLookFor() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      client.ask("SET", "k", "v");
      var info = client.ask("INFO");
      for (var field :
          List.of(
              "redis_version:7.",
              "larder_version:",
              "connected_clients:1",
              "used_memory:",
              "role:master",
              "db0:keys=1",
              "total_commands_processed:")) {
        assertTrue(info.contains("\r\n" + field), field + " in " + info);
      }
      var one = client.ask("INFO", "replication");
      assertTrue(one.contains("# Replication") && !one.contains("# Server"));
    }
  }

  @Test
  void aConnectionIsEndedInOrderWhenTheServerDrains() throws IOException {
    try (var server = RespTestServer.memory();
        var client = server.connect()) {
      client.send("SET k v\r\nGET k\r\n");
      assertEquals(OK, client.reply());
      assertEquals("$1\r\nv\r\n", client.reply());
      server
          .server()
          .clients()
          .all()
          .forEach(
              session ->
                  session.handler().channel().pipeline().fireUserEventTriggered(Phase.DRAINING));
      assertEquals("", client.rest());
    }
  }

  @Test
  void aLongAnswerToAFastReaderHoldsUpNobody() throws Exception {
    try (var server = RespTestServer.memory();
        var greedy = server.connect();
        var other = server.connect()) {
      greedy.ask("SET", "big", "x".repeat(1 << 20));
      greedy.send("GET big\r\n".repeat(300) + "ECHO end\r\n");
      for (int each = 0; each < 300; each++) {
        assertEquals((1 << 20) + 12, greedy.reply().length());
        if (each % 50 == 0) {
          assertEquals("+PONG\r\n", other.ask("PING"));
        }
      }
      assertEquals("$3\r\nend\r\n", greedy.reply());
    }
  }
}
