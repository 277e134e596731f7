package dev.larder.tck.support;

import dev.larder.jcache.LarderCachingProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import org.jspecify.annotations.Nullable;

/**
 * Where the caches of one test are: on the topology that the property {@value #TOPOLOGY} names,
 * memory where it is not set. Each place has a name and, on disk, a file of its own, so that tests
 * do not meet; on topology {@code remote} all share one server process, which has no class of the
 * tests and ends with this one.
 */
public final class Place {
  /** Names the topology of all places. */
  public static final String TOPOLOGY = "larder.test.topology";

  /** Names the folder for files; where it is not set, that of the platform. */
  private static final String FOLDER = "larder.test.folder";

  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static @Nullable LarderServer server;

  private final URI uri;
  private final Properties properties;

  private Place(URI uri, Properties properties) {
    this.uri = uri;
    this.properties = properties;
  }

  /** The word of the topology. */
  public static String topology() {
    return System.getProperty(TOPOLOGY, "memory");
  }

  /** A new place on the topology of this run. */
  public static Place fresh() {
    return on(topology());
  }

  /** A new place on that topology. */
  public static Place on(String topology) {
    var properties = new Properties();
    properties.setProperty("larder.topology", topology);
    switch (topology) {
      case "disk" -> properties.setProperty("larder.disk.path", file().toString());
      case "remote" -> {
        properties.setProperty("larder.remote.hosts", host());
        properties.setProperty("larder.remote.timeout", "20s");
      }
      default -> {}
    }
    return new Place(URI.create("larder:consumer-" + NUMBERS.incrementAndGet()), properties);
  }

  /** The same place, with a setting of larder.yaml more. */
  public Place with(String path, String value) {
    var more = new Properties();
    more.putAll(properties);
    more.setProperty("larder." + path, value);
    return new Place(uri, more);
  }

  /** The URI of its managers. */
  public URI uri() {
    return uri;
  }

  /** What a manager has to be told, as properties; a copy. */
  public Properties properties() {
    return (Properties) properties.clone();
  }

  /**
   * A manager of a provider of its own, as every process has one. It sees the classes of the tests.
   */
  public CacheManager manager() {
    return new LarderCachingProvider().getCacheManager(uri, null, properties());
  }

  /**
   * The address of the server for topology {@code remote}, which is started by the first caller.
   */
  public static synchronized String host() {
    if (server == null) {
      try {
        var started = LarderServer.start();
        Runtime.getRuntime().addShutdownHook(new Thread(started::close));
        server = started;
      } catch (IOException e) {
        throw new UncheckedIOException("the server does not start", e);
      }
    }
    return server.host();
  }

  private static Path file() {
    try {
      var folder = System.getProperty(FOLDER);
      var parent =
          folder == null
              ? Files.createTempDirectory("larder")
              : Files.createTempDirectory(Files.createDirectories(Path.of(folder)), "larder");
      return parent.resolve("cache.db");
    } catch (IOException e) {
      throw new UncheckedIOException("there is no folder for a file", e);
    }
  }
}
