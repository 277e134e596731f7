package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.larder.ConfigurationException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RemoteOptionsTest {

  private static String refusal(String option, String value) {
    var options = new TreeMap<>(Map.of("remote.tls", "true", "remote.password", "x"));
    options.put(option, value);
    var thrown = assertThrows(ConfigurationException.class, () -> Way.options(options));
    return String.valueOf(thrown.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one | one:8080",
        "one:81,two:82 | one:81, two:82",
        "' one:81 , two ' | one:81, two:8080",
        "10.1.2.3:9 | 10.1.2.3:9",
        "[::1] | [::1]:8080",
        "[::1]:81,[2001:DB8::0:2]:82 | [::1]:81, [2001:db8::2]:82"
      })
  void hostsAreNamesOrAddressesWithOrWithoutAPort(String text, String read) {
    var hosts = Way.options(Map.of("remote.hosts", text)).hosts();
    assertEquals(List.of(read.split(", ")).toString(), hosts.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "one:0 | the port '0' is out of range",
        "one:65536 | the port '65536' is out of range",
        "one:http | the port 'http' is not a whole number",
        "one: | the port '' is not a whole number",
        "[::1]:99999 | the port '99999' is out of range",
        "[::1]8080 | '[::1]8080' is not a host and its port",
        "[::1 | '[::1' is not a host and its port",
        "[one]:80 | '[one]:80' is not a host",
        "::1 | '::1' is an address of IPv6 without brackets, as in [::1]:8080",
        "fe80::2:80 | 'fe80::2:80' is an address of IPv6 without brackets, as in [::1]:8080",
        "'' | '' is not a host",
        ":80 | ':80' is not a host",
        "one,,two | '' is not a host",
        "http://one | 'http://one' is not a host and its port",
        "me@one | 'me@one' is not a host",
        "one two | 'one two' is not a host",
        "one,one:8080 | 'one,one:8080' names a host twice",
        "[::1],[0:0::1] | '[::1],[0:0::1]' names a host twice"
      })
  void whatIsNoHostIsRefusedWithWhatIsAllowed(String text, String problem) {
    assertEquals(
        "cache 'test': remote.hosts is wrong: "
            + problem
            + "; allowed: hosts with their HTTP port from 1 to 65535, such as one:8080,[::1]:8080",
        refusal("remote.hosts", text));
  }

  @ParameterizedTest
  @CsvSource({
    "remote.trust, a file",
    "remote.user, a name",
    "remote.password, 'a password, or no such option for none'"
  })
  void nothingIsNoValue(String option, String allowed) {
    for (var empty : List.of("", "  ")) {
      assertEquals(
          "cache 'test': " + option + " is wrong: the text is empty; allowed: " + allowed,
          refusal(option, empty));
    }
  }

  @Test
  void optionsForMemoryInFrontOfADiskAreNotPassedOver() {
    assertEquals(
        "cache 'test': memory.maximum-entries is for memory in front of a disk; in front of a"
            + " server allowed are near.*",
        refusal("memory.maximum-entries", "5"));
  }

  @Test
  void aServerAtAnAddressOfIpv6IsSpokenTo() throws IOException {
    var bytes = new byte[16];
    bytes[15] = 1;
    var address = InetAddress.getByAddress(bytes);
    assumeTrue(binds(address), "this machine has no IPv6");
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              while (self[0].request(socket)) {
                RawServer.answers(socket, 1, 404);
              }
            },
            0,
            address);
    var port = self[0].port();
    try (var way = Way.to("[::1]:" + port, "remote.max-retries", "0", "remote.password", "x")) {
      try (var server = self[0]) {
        assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
        assertEquals(1, server.requests());
      }
      var thrown =
          assertThrows(
              dev.larder.StoreException.class, () -> way.folder().askAndWait(TestOp.get("a")));
      assertTrue(thrown.getMessage().startsWith("[::1]:" + port + ": "), thrown.getMessage());
    }
  }

  private static boolean binds(InetAddress address) {
    try (var socket = new java.net.ServerSocket(0, 1, address)) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
