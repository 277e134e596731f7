package dev.larder.config;

import dev.larder.ConfigurationException;
import dev.larder.spi.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds and reads the file of a configuration. */
final class Location {
  /** More than any configuration; it keeps a wrong path from filling the heap. */
  static final int LARGEST = 1 << 20;

  private static final String USUAL = "larder.yaml";
  private static final String ALLOWED =
      "a path, a file: or jar: URI, or classpath: and the name of a resource";

  private final ClassLoader loader;

  private Location(ClassLoader loader) {
    this.loader = loader;
  }

  /** A file that was read, with the name messages give it. */
  record Found(String name, ByteBuffer bytes) {}

  /** The file asked for, or the one in the usual places; empty when there is none there. */
  static Optional<Found> find(Optional<URI> uri, Surroundings surroundings, ClassLoader loader) {
    var location = new Location(loader);
    if (uri.isPresent()) {
      return Optional.of(location.read(uri.get(), "the configuration URI"));
    }
    var property = surroundings.properties().get(Surroundings.PROPERTY_PREFIX + PropertyLayer.FILE);
    if (property != null && !property.isBlank()) {
      return Optional.of(location.read(property.strip(), "system property larder.config"));
    }
    return surroundings
        .variable("LARDER_CONFIG")
        .map(name -> location.read(name.strip(), "environment variable LARDER_CONFIG"))
        .or(location::usual);
  }

  private Optional<Found> usual() {
    return Optional.ofNullable(loader.getResourceAsStream(USUAL))
        .map(in -> resource(USUAL, in, "the class path"));
  }

  private Found read(String name, String asker) {
    try {
      return name.startsWith("file:") || name.startsWith("classpath:")
          ? read(new URI(name), asker)
          : file(Path.of(name), name, asker);
    } catch (URISyntaxException | InvalidPathException wrong) {
      throw refused(asker, Settings.quote(name) + " is not a path", wrong);
    }
  }

  private Found read(URI uri, String asker) {
    var scheme = uri.getScheme();
    if (scheme == null) {
      return file(path(uri, uri.getPath(), asker), String.valueOf(uri.getPath()), asker);
    }
    return switch (scheme) {
      case "classpath" -> resource(uri, asker);
      case "file" -> {
        var path = path(uri, uri.isOpaque() ? uri.getSchemeSpecificPart() : null, asker);
        yield file(path, path.toString(), asker);
      }
      case "jar" -> entry(uri, asker);
      default -> throw refused(asker, "cannot read " + Settings.quote(uri.toString()), null);
    };
  }

  /** A URI without a scheme, or {@code file:} without a slash, is relative: only text can tell. */
  private static Path path(URI uri, @Nullable String relative, String asker) {
    try {
      return relative == null ? Path.of(uri) : Path.of(relative);
    } catch (IllegalArgumentException | FileSystemNotFoundException wrong) {
      throw refused(asker, Settings.quote(uri.toString()) + " is not a path", wrong);
    }
  }

  private static Found file(Path path, String name, String asker) {
    if (name.isEmpty() || !Files.exists(path)) {
      throw refused(asker, "there is no file " + path.toAbsolutePath(), null);
    }
    try (var in = Files.newInputStream(path)) {
      return limited(name, in);
    } catch (IOException wrong) {
      throw refused(asker, "cannot read " + path.toAbsolutePath() + " (" + wrong + ")", wrong);
    }
  }

  /** What frameworks make of a resource of the class path that is in a jar, also in one inside. */
  private static Found entry(URI uri, String asker) {
    var inside = uri.getRawSchemeSpecificPart();
    if (!inside.startsWith("file:") && !inside.startsWith("nested:")) {
      // Such as jar:http: a configuration comes from no network.
      throw refused(asker, "cannot read " + Settings.quote(uri.toString()), null);
    }
    try {
      var connection = uri.toURL().openConnection();
      connection.setUseCaches(false); // else the jar stays open
      try (var in = connection.getInputStream()) {
        return limited(uri.toString(), in);
      }
    } catch (IOException | IllegalArgumentException wrong) {
      throw refused(asker, "cannot read " + Settings.quote(uri.toString()), wrong);
    }
  }

  private Found resource(URI uri, String asker) {
    var part = uri.getSchemeSpecificPart();
    var name = part.startsWith("/") ? part.replaceFirst("^/+", "") : part;
    var in = loader.getResourceAsStream(name);
    if (in == null) {
      throw refused(asker, "there is no resource " + Settings.quote(name), null);
    }
    return resource(name, in, asker);
  }

  private static Found resource(String name, InputStream opened, String asker) {
    try (var in = opened) {
      return limited("classpath:" + name, in);
    } catch (IOException wrong) {
      throw refused(asker, "cannot read classpath:" + name + " (" + wrong + ")", wrong);
    }
  }

  private static Found limited(String name, InputStream in) throws IOException {
    var bytes = in.readNBytes(LARGEST + 1);
    if (bytes.length > LARGEST) {
      throw new ConfigurationException(name + ":1:1: the file is too large; allowed: up to 1 MiB");
    }
    return new Found(name, ByteBuffer.wrap(bytes));
  }

  private static ConfigurationException refused(
      String asker, String message, @Nullable Throwable cause) {
    return new ConfigurationException(asker + ": " + message + "; allowed: " + ALLOWED, cause);
  }
}
