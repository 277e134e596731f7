package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be wrong with the settings of the server, each told with its place. */
final class ServerKeysTest {
  /** Keys that mean nothing alone, and are refused then. */
  static final Set<String> TOGETHER =
      Set.of("server.tls.certificate", "server.tls.key", "server.tls.client-authority");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "port | 65536 | '65536' is out of range; allowed: a whole number, 0 to 65535",
        "resp-port | on | 'on' is not a whole number; allowed: a whole number, 0 to 65535, or off",
        "insecure | maybe | 'maybe' is not one of its words; allowed: false, true",
        "transport | kqueue | 'kqueue' is not one of its words; allowed: auto, epoll, io_uring, nio",
        "event-loops | 0 | '0' is out of range; allowed: a whole number, 1 to 256",
        "databases | sessions | 'sessions' is not a name with a number; allowed: a list of names"
            + " with numbers from 1 to 1000000, each once, such as sessions=1,prices=2",
        "databases | 'a=1,b=1' | 'b=1' has a name or a number that is there already; allowed: a list"
            + " of names with numbers from 1 to 1000000, each once, such as sessions=1,prices=2",
        "databases | a=0 | '0' is out of range; allowed: a list of names with numbers from 1 to"
            + " 1000000, each once, such as sessions=1,prices=2",
        "limits.handshake | 0s | '0s' is out of range; allowed: a time from 1ms to 1h, such as 250ms"
            + " or 10s",
        "limits.key-bytes | 1GB | '1GB' is out of range; allowed: a number of bytes, or one with KB,"
            + " MB or GB (of 1,024 each), 1 to 16777216, such as 64KB",
        "tls.protocols | SSLv3 | 'SSLv3' is not one of its words; allowed: a list, or text with"
            + " commas, of TLSv1.2, TLSv1.3",
        "log-format | xml | 'xml' is not one of its words; allowed: json, text",
      })
  void wrongValueIsToldWhereItStands(String key, String value, String problem) {
    assertEquals(
        "environment variable LARDER_SERVER_"
            + key.toUpperCase(java.util.Locale.ROOT).replaceAll("[.-]", "_")
            + ": server."
            + key
            + ": "
            + problem,
        Reading.nothing().variable(EnvironmentLayer.variable("server." + key), value).refusal());
  }

  @Test
  void refusalNeverShowsThePassword() {
    var refusal =
        Reading.of("server: {password: hunter2, password-file: /x, port: http}").refusal();
    assertFalse(refusal.contains("hunter2"), refusal);
  }

  @Test
  void passwordAndItsFileExcludeEachOtherInOneLayer() {
    assertEquals(
        "environment variable LARDER_PASSWORD_FILE: server.password and server.password-file exclude"
            + " each other (see environment variable LARDER_PASSWORD); allowed: one of the two",
        Reading.nothing()
            .variable("LARDER_PASSWORD", "a")
            .variable("LARDER_PASSWORD_FILE", "/b")
            .refusal());
  }

  @Test
  void laterLayerDecidesBetweenPasswordAndItsFile() {
    var read = Reading.of("server: {password-file: /b}").variable("LARDER_PASSWORD", "a").read();
    assertEquals(Optional.of("a"), read.setting("server.password"));
    assertEquals(Optional.empty(), read.setting("server.password-file"));
  }

  @ParameterizedTest
  @CsvSource({
    "certificate, key",
    "key, certificate",
    "client-authority, certificate",
  })
  void partsOfTlsNeedEachOther(String one, String other) {
    assertEquals(
        "property server.tls."
            + one
            + ": server.tls."
            + one
            + " needs server.tls."
            + other
            + ", which is not set; allowed: both, or neither",
        Reading.nothing().override("server.tls." + one, "/file").refusal());
  }

  @Test
  void togetherTheyMeanTheSameFromEverySource() {
    var file = Reading.of("server: {tls: {certificate: /c, key: /k, client-authority: /a}}");
    var variables =
        Reading.nothing()
            .variable("LARDER_TLS_CERTIFICATE", "/c")
            .variable("LARDER_SERVER_TLS_KEY", "/k")
            .variable("LARDER_TLS_CLIENT_AUTHORITY", "/a");
    var properties = Reading.nothing();
    var overrides = Reading.nothing();
    for (var pair : Map.of("certificate", "/c", "key", "/k", "client-authority", "/a").entrySet()) {
      properties.property("larder.server.tls." + pair.getKey(), pair.getValue());
      overrides.override("server.tls." + pair.getKey(), pair.getValue());
    }
    for (var reading : List.of(file, variables, properties, overrides)) {
      var read = reading.read();
      assertEquals(Optional.of("/c"), read.setting("server.tls.certificate"));
      assertEquals(Optional.of("/k"), read.setting("server.tls.key"));
      assertEquals(Optional.of("/a"), read.setting("server.tls.client-authority"));
      assertEquals(List.of(), reading.warnings);
    }
  }

  @Test
  void clientCertificatesNeedWhoSignsThem() {
    assertEquals(
        "property server.tls.client-certificates: server.tls.client-certificates needs"
            + " server.tls.client-authority, which is not set; allowed: both, or neither",
        Reading.nothing().override("server.tls.client-certificates", "optional").refusal());
  }
}
