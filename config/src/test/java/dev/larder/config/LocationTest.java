package dev.larder.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the file is looked for. */
final class LocationTest {
  @TempDir private Path directory;

  private Path file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }

  @Test
  void nothingInTheUsualPlacesIsNoMistake() {
    var configured = Reading.nothing().read();
    assertEquals("built-in defaults", configured.origin());
    assertTrue(configured.names().isEmpty());
  }

  @Test
  void fileUriIsReadAndNamedInMessages() throws IOException {
    var file = file("with space.yaml", "defaults: {policy: 7x}");
    var configured = Reading.nothing().uri(file("good.yaml", "caches: {a: }").toUri().toString());
    assertEquals(directory.resolve("good.yaml").toString(), configured.read().origin());
    assertTrue(
        Reading.nothing()
            .uri(file.toUri().toString())
            .refusal()
            .startsWith(file + ":1:20: no eviction policy '7x'"));
  }

  @Test
  void plainPathIsRead() throws IOException {
    var file = file("plain.yaml", "caches: {a: }");
    assertEquals(file.toString(), Reading.nothing().uri(file.toString()).read().origin());
    var relative = Path.of("").toAbsolutePath().relativize(file.toAbsolutePath()).toString();
    assertEquals(relative, Reading.nothing().uri(relative).read().origin());
    assertEquals(relative, Reading.nothing().uri("file:" + relative).read().origin());
  }

  @Test
  void classPathUriIsRead() {
    var reading = Reading.nothing().resource("conf/my.yaml", "caches: {a: }".getBytes(UTF_8));
    assertEquals("classpath:conf/my.yaml", reading.uri("classpath:conf/my.yaml").read().origin());
    assertEquals("classpath:conf/my.yaml", reading.uri("classpath:/conf/my.yaml").read().origin());
  }

  @Test
  void entryOfAJarIsReadByItsUri() throws IOException {
    var jar = directory.resolve("app.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("conf/larder.yaml"));
      out.write("caches: {a: {maximum-entries: 5}}".getBytes(UTF_8));
    }
    var uri = "jar:" + jar.toUri() + "!/conf/larder.yaml";
    var configured = Reading.nothing().uri(uri).read();
    assertEquals(uri, configured.origin());
    var missing = "jar:" + jar.toUri() + "!/larder.yaml";
    assertTrue(
        Reading.nothing()
            .uri(missing)
            .refusal()
            .startsWith("the configuration URI: cannot read 'jar:"));
  }

  @Test
  void entryOfAJarInTheNetworkIsNotFetched() throws IOException {
    try (var server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.setSoTimeout(1);
      var uri = "jar:http://127.0.0.1:" + server.getLocalPort() + "/app.jar!/larder.yaml";
      assertTrue(
          Reading.nothing()
              .uri(uri)
              .refusal()
              .startsWith("the configuration URI: cannot read '" + uri));
      assertThrows(SocketTimeoutException.class, server::accept, "somebody has connected");
    }
  }

  @Test
  void uriWinsOverPropertyOverVariableOverClassPath() throws IOException {
    var reading = Reading.of("caches: {usual: }");
    assertEquals("classpath:larder.yaml", reading.read().origin());
    var variable = file("variable.yaml", "").toString();
    assertEquals(variable, reading.variable("LARDER_CONFIG", variable).read().origin());
    var property = file("property.yaml", "").toString();
    assertEquals(property, reading.property("larder.config", property).read().origin());
    var uri = file("uri.yaml", "").toString();
    assertEquals(uri, reading.uri(uri).read().origin());
  }

  @Test
  void fileThatWasNamedMustBeThere() {
    var missing = directory.resolve("missing.yaml");
    var allowed =
        "; allowed: a path, a file: or jar: URI, or classpath: and the name of a resource";
    assertEquals(
        "the configuration URI: there is no file " + missing + allowed,
        Reading.nothing().uri(missing.toUri().toString()).refusal());
    assertEquals(
        "system property larder.config: there is no file " + missing + allowed,
        Reading.nothing().property("larder.config", missing.toString()).refusal());
    assertEquals(
        "environment variable LARDER_CONFIG: there is no resource 'missing.yaml'" + allowed,
        Reading.nothing().variable("LARDER_CONFIG", "classpath:missing.yaml").refusal());
  }

  @Test
  void otherUrisAreRefused() {
    assertTrue(
        Reading.nothing()
            .uri("http://example.org/larder.yaml")
            .refusal()
            .startsWith("the configuration URI: cannot read 'http://example.org/larder.yaml'"));
    assertTrue(
        Reading.nothing()
            .uri("file://host/larder.yaml")
            .refusal()
            .startsWith("the configuration URI: 'file://host/larder.yaml' is not a path"));
    assertTrue(
        Reading.nothing()
            .property("larder.config", "file:/a b")
            .refusal()
            .startsWith("system property larder.config: 'file:/a b' is not a path"));
  }

  @Test
  void directoryIsNoFile() {
    assertTrue(
        Reading.nothing()
            .uri(directory.toString())
            .refusal()
            .startsWith("the configuration URI: cannot read " + directory));
  }

  @Test
  void emptyFileSaysNothing() throws IOException {
    for (var text : new String[] {"", "# nothing\n", "---\n", "caches:\ndefaults:\ndisk:\n"}) {
      var reading = Reading.nothing().uri(file("empty.yaml", text).toString());
      assertEquals(Reading.nothing().cache("a"), reading.cache("a"));
    }
  }
}
