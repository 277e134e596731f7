package dev.larder.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.spi.ConfigurationSource.Configured;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A configuration about to be read, with surroundings of its own. */
final class Reading {
  final List<String> warnings = new ArrayList<>();
  private final Map<String, byte[]> resources = new TreeMap<>();
  private final Map<String, String> environment = new TreeMap<>();
  private final Map<String, String> properties = new TreeMap<>();
  private final Map<String, String> overrides = new TreeMap<>();
  private Optional<URI> uri = Optional.empty();

  /** With nothing in the usual places. */
  static Reading nothing() {
    return new Reading();
  }

  /** With a larder.yaml on the class path. */
  static Reading of(String... lines) {
    return of((String.join("\n", lines) + "\n").getBytes(UTF_8));
  }

  /** With a larder.yaml of these bytes on the class path. */
  static Reading of(byte[] bytes) {
    return nothing().resource("larder.yaml", bytes);
  }

  Reading resource(String name, byte[] bytes) {
    resources.put(name, bytes);
    return this;
  }

  Reading variable(String name, String value) {
    environment.put(name, value);
    return this;
  }

  Reading property(String name, String value) {
    properties.put(name, value);
    return this;
  }

  Reading override(String path, String value) {
    overrides.put(path, value);
    return this;
  }

  Reading uri(String text) {
    uri = Optional.of(URI.create(text));
    return this;
  }

  Configured read() {
    var surroundings = new Surroundings(environment, properties);
    return new YamlConfigurationSource(() -> surroundings, warnings::add)
        .read(uri, overrides, classPath());
  }

  /** The cache of that name as nothing but the configuration describes it. */
  CacheSpec<String, String> cache(String name) {
    return read().complete(CacheSpec.of(name, String.class, String.class).build());
  }

  /** The message of the exception that reading must end in. */
  String refusal() {
    return assertThrows(ConfigurationException.class, this::read).getMessage();
  }

  private ClassLoader classPath() {
    return new ClassLoader(Reading.class.getClassLoader()) {
      @Override
      public InputStream getResourceAsStream(String name) {
        var bytes = resources.get(name);
        return bytes == null ? null : new ByteArrayInputStream(bytes);
      }
    };
  }
}
