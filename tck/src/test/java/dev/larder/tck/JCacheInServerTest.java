package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.jcache.LarderCachingProvider;
import dev.larder.tck.support.Await;
import dev.larder.tck.support.LarderServer;
import dev.larder.testkit.Actor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two providers, as two processes have one each, whose managers keep their caches in one server.
 */
class JCacheInServerTest {
  private static LarderServer server;
  private static int tests;

  private final LarderCachingProvider one = new LarderCachingProvider();
  private final LarderCachingProvider other = new LarderCachingProvider();
  private URI uri;

  @BeforeAll
  static void serve() throws IOException {
    server = LarderServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void name() {
    uri = URI.create("larder:jcache-" + ++tests);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  private static CacheManager manager(LarderCachingProvider provider, URI uri) {
    var properties = new Properties();
    properties.setProperty("larder.topology", "remote");
    properties.setProperty("larder.remote.hosts", server.host());
    properties.setProperty("larder.remote.timeout", "20s");
    return provider.getCacheManager(uri, null, properties);
  }

  private static MutableConfiguration<String, Integer> numbers() {
    return new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
  }

  @Test
  void propertiesOfTheManagerChooseTheServer() {
    var mine = manager(one, uri).createCache("pantry", numbers());
    var theirs = manager(other, uri).createCache("pantry", numbers());
    mine.put("flour", 3);
    assertEquals(3, theirs.get("flour"));
    assertEquals(3, theirs.getAndRemove("flour"));
    assertNull(mine.get("flour"));
  }

  @Test
  void managersOfTwoNamesStayApart() {
    var mine = manager(one, uri).createCache("pantry", numbers());
    var theirs = manager(other, URI.create(uri + "-else")).createCache("pantry", numbers());
    mine.put("flour", 3);
    assertNull(theirs.get("flour"));
  }

  @Test
  void processorsOfBothRunOncePerCall() {
    var caches =
        List.of(
            manager(one, uri).createCache("pantry", numbers()),
            manager(other, uri).createCache("pantry", numbers()));
    var runs = new AtomicInteger();
    Actor.together(
        4,
        number -> {
          for (int i = 0; i < 25; i++) {
            caches
                .get(number % 2)
                .invoke(
                    "flour",
                    (entry, arguments) -> {
                      runs.incrementAndGet();
                      entry.setValue(entry.exists() ? entry.getValue() + 1 : 1);
                      return null;
                    });
          }
        });
    assertEquals(100, runs.get());
    assertEquals(100, caches.get(0).get("flour"));
  }

  @Test
  void secondCreatorAttachesWhenItAgreesAndIsToldWhenItDoesNot() {
    var minutes = CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 5));
    var hours = CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.HOURS, 5));
    manager(one, uri)
        .createCache("pantry", numbers().setExpiryPolicyFactory(minutes))
        .put("flour", 3);
    var second = manager(other, uri);
    var different = numbers().setExpiryPolicyFactory(hours);
    var refused = assertThrows(CacheException.class, () -> second.createCache("pantry", different));
    assertTrue(refused.getMessage().contains("pantry"), refused::getMessage);
    assertNull(second.getCache("pantry", String.class, Integer.class));
    Cache<String, Integer> attached =
        second.createCache("pantry", numbers().setExpiryPolicyFactory(minutes));
    assertEquals(3, attached.get("flour"));
  }

  @Test
  void closeKeepsAndDestroyDeletesForBoth() {
    var mine = manager(one, uri);
    mine.createCache("pantry", numbers()).put("flour", 3);
    mine.close();
    var theirs = manager(other, uri);
    assertEquals(3, theirs.createCache("pantry", numbers()).get("flour"));
    theirs.destroyCache("pantry");
    assertNull(theirs.createCache("pantry", numbers()).get("flour"));
  }

  @Test
  void cacheThatIsNotOpenIsDestroyedToo() {
    manager(one, uri).createCache("pantry", numbers()).put("flour", 3);
    manager(other, uri).destroyCache("pantry");
    one.close();
    assertNull(manager(other, uri).createCache("pantry", numbers()).get("flour"));
  }

  @Test
  void fileChoosesServerAndCopies(@TempDir Path folder) throws IOException {
    var yaml =
        Files.writeString(
            folder.resolve("jcache-" + tests + "-file.yaml"),
            "topology: remote\n"
                + ("remote: {hosts: '" + server.host() + "', timeout: 20s}\n")
                + "near: {max-staleness: 500ms, maximum-entries: 10}\n"
                + "caches: {pantry: {maximum-entries: 5}}\n");
    var mine = one.getCacheManager(yaml.toUri(), null, new Properties());
    var theirs = other.getCacheManager(yaml.toUri(), null, new Properties());
    mine.getCache("pantry", String.class, Integer.class).put("flour", 3);
    var copies = theirs.getCache("pantry", String.class, Integer.class);
    assertEquals(3, copies.get("flour"));
    mine.getCache("pantry", String.class, Integer.class).put("flour", 4);
    Await.until(() -> copies.get("flour") == 4);
  }

  @Test
  void unknownOptionOfServersIsToldByItsName() {
    var properties = new Properties();
    properties.setProperty("larder.remote.host", "localhost");
    var refused =
        assertThrows(
            CacheException.class, () -> one.getCacheManager(uri, null, properties).getCacheNames());
    assertTrue(refused.getMessage().contains("remote.host"), refused::getMessage);
    assertTrue(refused.getMessage().contains("remote.hosts"), refused::getMessage);
  }
}
