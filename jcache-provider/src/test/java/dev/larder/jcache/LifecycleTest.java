package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.testkit.LogCapture;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.event.CacheEntryEvent;
import javax.cache.expiry.Duration;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** How managers and caches open and close, and what closes with them. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
class LifecycleTest {
  private final Provided provided;
  private final String topology;

  LifecycleTest(String topology) {
    this.topology = topology;
    provided = new Provided(topology);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  /** A customization of every kind that counts how often it was closed. */
  private static final class Everything
      implements CacheLoader<String, Integer>,
          CacheWriter<String, Integer>,
          ExpiryPolicy,
          CacheEntryCreatedListener<String, Integer>,
          AutoCloseable {
    private final AtomicInteger closed = new AtomicInteger();
    private final boolean failing;

    Everything(boolean failing) {
      this.failing = failing;
    }

    @Override
    public Integer load(String key) {
      return 1;
    }

    @Override
    public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
      return new HashMap<>();
    }

    @Override
    public void write(Cache.Entry<? extends String, ? extends Integer> entry) {}

    @Override
    public void writeAll(
        java.util.Collection<Cache.Entry<? extends String, ? extends Integer>> all) {}

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(java.util.Collection<?> keys) {}

    @Override
    public Duration getExpiryForCreation() {
      return Duration.ETERNAL;
    }

    @Override
    @SuppressWarnings("NullAway") // null means unchanged in JCache
    public Duration getExpiryForAccess() {
      return null;
    }

    @Override
    @SuppressWarnings("NullAway")
    public Duration getExpiryForUpdate() {
      return null;
    }

    @Override
    public void onCreated(Iterable<CacheEntryEvent<? extends String, ? extends Integer>> events) {}

    @Override
    public void close() {
      closed.incrementAndGet();
      if (failing) {
        throw new IllegalStateException("does not want to close");
      }
    }
  }

  private static MutableConfiguration<String, Integer> using(
      Everything loader, Everything writer, Everything expiry, Everything listener) {
    return new MutableConfiguration<String, Integer>()
        .setReadThrough(true)
        .setWriteThrough(true)
        .setCacheLoaderFactory(() -> loader)
        .setCacheWriterFactory(() -> writer)
        .setExpiryPolicyFactory(() -> expiry)
        .addCacheEntryListenerConfiguration(
            new MutableCacheEntryListenerConfiguration<>(() -> listener, null, false, true));
  }

  @Test
  void closeClosesLoaderWriterExpiryAndListenerOnceEach() {
    var all =
        List.of(
            new Everything(false),
            new Everything(false),
            new Everything(false),
            new Everything(false));
    var cache = provided.cache("c", using(all.get(0), all.get(1), all.get(2), all.get(3)));

    cache.close();
    cache.close();
    provided.manager().close();

    all.forEach(each -> assertEquals(1, each.closed.get()));
  }

  @Test
  void aCustomizationThatFailsToCloseIsLoggedAndTheOthersCloseAllTheSame() {
    var all =
        List.of(
            new Everything(true), new Everything(true), new Everything(true), new Everything(true));
    var cache = provided.cache("c", using(all.get(0), all.get(1), all.get(2), all.get(3)));

    try (var log = new LogCapture("dev.larder.jcache")) {
      cache.close();

      assertEquals(4, log.count("closing " + Everything.class.getName() + " failed"));
    }
    assertTrue(cache.isClosed());
    all.forEach(each -> assertEquals(1, each.closed.get()));
  }

  @Test
  void aListenerThatIsTakenAwayIsClosedThen() {
    var listener = new Everything(false);
    var configuration =
        new MutableCacheEntryListenerConfiguration<String, Integer>(
            () -> listener, null, false, true);
    var cache = provided.numbers();
    cache.registerCacheEntryListener(configuration);

    cache.deregisterCacheEntryListener(configuration);

    assertEquals(1, listener.closed.get());
    cache.close();
    assertEquals(1, listener.closed.get());
  }

  @Test
  void whatWasMadeForACacheThatCannotOpenIsClosed() {
    var loader = new Everything(false);
    var configuration =
        new LarderConfiguration<String, Integer>()
            .with(spec -> spec.policy("no-such-policy"))
            .setReadThrough(true)
            .setCacheLoaderFactory(() -> loader);

    var refused = assertThrows(CacheException.class, () -> provided.cache("c", configuration));

    assertTrue(String.valueOf(refused.getMessage()).contains("s3-fifo"), refused.getMessage());
    assertEquals(1, loader.closed.get());
    assertNull(provided.manager().getCache("c"));
  }

  @Test
  void everyMethodOfAClosedCacheIsAnIllegalState() {
    var cache = provided.numbers();
    cache.close();

    List<Runnable> calls =
        List.of(
            () -> cache.get("k"),
            () -> cache.getAll(Set.of("k")),
            () -> cache.containsKey("k"),
            () -> cache.loadAll(Set.of("k"), true, null),
            () -> cache.put("k", 1),
            () -> cache.getAndPut("k", 1),
            () -> cache.putAll(Map.of("k", 1)),
            () -> cache.putIfAbsent("k", 1),
            () -> cache.remove("k"),
            () -> cache.remove("k", 1),
            () -> cache.getAndRemove("k"),
            () -> cache.replace("k", 1, 2),
            () -> cache.replace("k", 1),
            () -> cache.getAndReplace("k", 1),
            () -> cache.removeAll(Set.of("k")),
            cache::removeAll,
            cache::clear,
            () -> cache.forEach(entry -> {}),
            () -> cache.invoke("k", (entry, arguments) -> 1),
            () -> cache.invokeAll(Set.of("k"), (entry, arguments) -> 1),
            () -> cache.registerCacheEntryListener(new Told<String, Integer>().synchronous()),
            () -> cache.deregisterCacheEntryListener(new Told<String, Integer>().synchronous()));
    calls.forEach(call -> assertThrows(IllegalStateException.class, call::run));
    assertEquals("numbers", cache.getName());
    assertTrue(cache.isClosed());
  }

  @Test
  void mbeansHaveTheStandardNamesAndGoWithTheCache() throws Exception {
    var cache = provided.numbers();
    provided.manager().enableManagement("numbers", true);
    var server = ManagementFactory.getPlatformMBeanServer();
    var management = Counts.name("CacheConfiguration", cache);
    var statistics = Counts.name("CacheStatistics", cache);

    assertTrue(server.isRegistered(management));
    assertTrue(server.isRegistered(statistics));
    assertEquals("java.lang.String", server.getAttribute(management, "KeyType"));
    assertEquals(true, server.getAttribute(management, "ManagementEnabled"));

    cache.close();

    assertFalse(server.isRegistered(management));
    assertFalse(server.isRegistered(statistics));
  }

  @Test
  void mbeansOfTwoClassLoadersUnderOneUriAreToldApart() throws Exception {
    var uri = Provided.uri();
    var loader = new ClassLoader("second", getClass().getClassLoader()) {};
    var configuration = new MutableConfiguration<String, Integer>().setStatisticsEnabled(true);
    var provider = provided.provider();

    provider.getCacheManager(uri, null).createCache("c", configuration);
    provider.getCacheManager(uri, loader).createCache("c", configuration);

    var pattern =
        new ObjectName(
            "javax.cache:type=CacheStatistics,CacheManager="
                + uri.toString().replace(':', '.')
                + ",*");
    assertEquals(2, names(pattern).size());
    provider.close();
    assertEquals(0, names(pattern).size());
  }

  @Test
  void namesThatObjectNamesCannotHoldAreMadeSafe() throws Exception {
    var cache =
        provided.cache("a=b,c:d*e?\"f\"", new MutableConfiguration<>().setStatisticsEnabled(true));

    assertEquals(
        1, names(new ObjectName("javax.cache:type=CacheStatistics,Cache=a.b.c.d.e..f.,*")).size());
    cache.close();
  }

  private static Set<ObjectName> names(ObjectName pattern) throws JMException {
    return ManagementFactory.getPlatformMBeanServer().queryNames(pattern, null);
  }

  @Test
  void getCacheGivesTypedCachesWithTheirTypesOnlyAndUntypedOnesWithoutCheck() {
    var cache = provided.numbers();
    var manager = provided.manager();

    assertSame(cache, manager.getCache("numbers", String.class, Integer.class));
    assertSame(cache, manager.getCache("numbers"));
    var refused =
        assertThrows(
            ClassCastException.class, () -> manager.getCache("numbers", String.class, Long.class));
    assertTrue(String.valueOf(refused.getMessage()).contains("java.lang.Integer"));
    assertNull(manager.getCache("other", String.class, Long.class));
  }

  @Test
  void aSecondCacheOfANameIsRefusedByName() {
    provided.numbers();

    var refused = assertThrows(CacheException.class, provided::numbers);

    assertTrue(String.valueOf(refused.getMessage()).contains("'numbers'"));
  }

  @Test
  void aClosedManagerClosesItsCachesAndTheNextOneIsAnother() {
    var uri = Provided.uri();
    var manager = provided.provider().getCacheManager(uri, null, Provided.properties(topology));
    var cache = manager.createCache("c", new MutableConfiguration<String, Integer>());

    manager.close();
    manager.close();

    assertTrue(manager.isClosed());
    assertTrue(cache.isClosed());
    assertThrows(IllegalStateException.class, manager::getCacheNames);
    assertThrows(IllegalStateException.class, () -> manager.getCache("c"));
    assertNotSame(manager, provided.provider().getCacheManager(uri, null));
  }

  @Test
  void closingTheEngineUnderneathClosesTheCaches() {
    var cache = provided.numbers();

    provided.manager().unwrap(Larder.class).close();

    assertThrows(IllegalStateException.class, () -> cache.get("k"));
    assertTrue(cache.isClosed());
    provided.manager().close();
  }

  @Test
  void destroyedDataIsGoneAndTheNameIsFreeForOtherTypes() {
    var cache = provided.numbers();
    cache.put("k", 1);

    provided.manager().destroyCache("numbers");

    assertTrue(cache.isClosed());
    var other =
        provided.cache(
            "numbers",
            new MutableConfiguration<String, String>().setTypes(String.class, String.class));
    assertNull(other.get("k"));
  }

  @Test
  void aCacheThatIsOnlyClosedMayBeOpenedAgainAndDestroyedWhileClosed() {
    var cache = provided.numbers();
    cache.put("k", 1);
    cache.close();

    var again = provided.numbers();
    assertEquals(topology.equals("far") ? 1 : null, again.get("k"));
    again.close();
    provided.manager().destroyCache("numbers");

    assertNull(provided.numbers().get("k"));
  }

  @Test
  void configurationIsACopyThatShowsListenersAsTheyAre() {
    var cache = provided.numbers();
    var told = new Told<String, Integer>().synchronous();
    cache.registerCacheEntryListener(told);

    CompleteConfiguration<String, Integer> seen = complete(cache);
    assertEquals(
        Set.of(told),
        Set.copyOf((java.util.Collection<?>) seen.getCacheEntryListenerConfigurations()));
    ((MutableConfiguration<?, ?>) seen).setStatisticsEnabled(false);

    assertTrue(complete(cache).isStatisticsEnabled());
  }

  @SuppressWarnings("unchecked") // a class literal has no type arguments
  private static <K, V> CompleteConfiguration<K, V> complete(Cache<K, V> cache) {
    return cache.getConfiguration(CompleteConfiguration.class);
  }
}
