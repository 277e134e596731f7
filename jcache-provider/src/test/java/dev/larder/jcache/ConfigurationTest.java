package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.Life;
import dev.larder.testkit.LogCapture;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How JCache configurations, Larder's own and larder.yaml become the description of a cache. */
@SuppressWarnings("JavaUtilDate") // a well-known class whose objects change is the point
class ConfigurationTest {
  private static final javax.cache.expiry.Duration MINUTE =
      new javax.cache.expiry.Duration(TimeUnit.MINUTES, 1);

  private final LarderCachingProvider provider = new LarderCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  private CacheManager configured(Path folder, String yaml) throws Exception {
    var file = Files.writeString(folder.resolve("larder.yaml"), yaml);
    return provider.getCacheManager(file.toUri(), null);
  }

  private static CacheSpec<?, ?> spec(Cache<?, ?> cache) {
    return cache.unwrap(dev.larder.Cache.class).control().spec();
  }

  private Life lifeOf(ExpiryPolicy policy) {
    var cache =
        provider
            .getCacheManager()
            .createCache(
                policy.getClass().getName(),
                new MutableConfiguration<String, String>().setExpiryPolicyFactory(() -> policy));
    assertNull(spec(cache).expiry().custom());
    return spec(cache).expiry().life();
  }

  @Test
  void theStandardExpiryPoliciesBecomeData() {
    assertEquals(Life.ETERNAL, lifeOf(new EternalExpiryPolicy()));
    assertEquals(
        new Life(60_000, Life.UNCHANGED, Life.UNCHANGED, Life.FOREVER, 0),
        lifeOf(new CreatedExpiryPolicy(MINUTE)));
    assertEquals(
        new Life(60_000, 60_000, Life.UNCHANGED, Life.FOREVER, 0),
        lifeOf(new ModifiedExpiryPolicy(MINUTE)));
    assertEquals(
        new Life(60_000, Life.UNCHANGED, 60_000, Life.FOREVER, 0),
        lifeOf(new AccessedExpiryPolicy(MINUTE)));
    assertEquals(
        new Life(60_000, 60_000, 60_000, Life.FOREVER, 0), lifeOf(new TouchedExpiryPolicy(MINUTE)));
  }

  @Test
  void aCacheWithoutBoundGetsTheDefaultOneAndTheLogSaysSoOnce() {
    var manager = provider.getCacheManager(Provided.uri(), null);
    try (var log = new LogCapture("dev.larder.jcache")) {
      var cache = manager.createCache("plain", new MutableConfiguration<>());
      assertEquals(10_000, spec(cache).bounds().entries());
      manager.destroyCache("plain");
      manager.createCache("plain", new MutableConfiguration<>());

      assertEquals(1, log.count("caches: {\"plain\": {maximum-entries: 10000}}"), log::toString);
    }
  }

  @Test
  void theDefaultBoundComesFromTheConfiguration(@TempDir Path folder) throws Exception {
    var manager = configured(folder, "jcache:\n  default-maximum-entries: 77\n");

    assertEquals(
        77, spec(manager.createCache("plain", new MutableConfiguration<>())).bounds().entries());
  }

  @Test
  void cacheThatNobodyCreatedIsThereWhereTheConfigurationSaysSoAndOnlyThere(@TempDir Path folder)
      throws Exception {
    var strict = configured(folder, "caches: {\"pla*\": {maximum-entries: 5}}\n");
    assertNull(strict.getCache("plain"), "a pattern describes caches and makes none");
    strict.close();

    var manager =
        configured(
            folder, "jcache: {create-missing: true}\ncaches: {\"pla*\": {maximum-entries: 5}}\n");
    Cache<Object, Object> cache = manager.getCache("plain");
    assertEquals(5, spec(cache).bounds().entries());
    assertSame(cache, manager.getCache("plain"));
    assertEquals(List.of("plain"), manager.getCacheNames());
    manager.destroyCache("plain");
    assertNotNull(manager.getCache("plain"));
  }

  @Test
  void theLineThatTheLogAsksForSetsTheBoundAndSilencesIt(@TempDir Path folder) throws Exception {
    var manager = configured(folder, "caches: {\"plain\": {maximum-entries: 5}}\n");
    try (var log = new LogCapture("dev.larder.jcache")) {
      var cache = manager.createCache("plain", new MutableConfiguration<Integer, Integer>());
      assertEquals(5, spec(cache).bounds().entries());
      assertEquals(List.of(), log.messages());

      for (int each = 0; each < 100; each++) {
        cache.put(each, each);
      }
      var control = cache.unwrap(dev.larder.Cache.class).control();
      control.purge();
      assertEquals(5, control.stats().size());
    }
  }

  @Test
  void larderConfigurationSaysWhatTheStandardCannot() {
    var cache =
        provider
            .getCacheManager()
            .createCache(
                "rich",
                new LarderConfiguration<>(String.class, String.class)
                    .with(
                        spec ->
                            spec.maximumWeight(1_000)
                                .weigher((key, value) -> value.length())
                                .policy("lru")
                                .expireAfterWrite(Duration.ofMinutes(10))
                                .expireAfterAccess(Duration.ofMinutes(1)))
                    .setStatisticsEnabled(true));

    var spec = spec(cache);
    assertEquals(1_000, spec.bounds().weight());
    assertEquals("lru", spec.tuning().policy());
    assertEquals(
        Life.afterWriteAndAccess(Duration.ofMinutes(10), Duration.ofMinutes(1)),
        spec.expiry().life());
    cache.put("k", "twelve chars");
    assertEquals(12, cache.unwrap(dev.larder.Cache.class).control().stats().weight());
  }

  @Test
  void entriesMayHaveLivesOfTheirOwn() {
    var cache =
        provider
            .getCacheManager()
            .createCache(
                "each",
                new LarderConfiguration<>(String.class, Integer.class)
                    .with(spec -> spec.expiry((key, value) -> Duration.ofSeconds(value))));

    cache.put("now", 0);
    cache.put("later", 100);

    assertNull(cache.get("now"));
    assertEquals(100, cache.get("later"));
  }

  @Test
  void larderConfigurationSurvivesSerializationAndCopying() throws Exception {
    var configuration =
        new LarderConfiguration<>(String.class, String.class).with(spec -> spec.maximumEntries(3));
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }
    LarderConfiguration<String, String> back;
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      back = cast(in.readObject());
    }

    assertEquals(3, spec(provider.getCacheManager().createCache("back", back)).bounds().entries());
    assertEquals(configuration, new LarderConfiguration<>(configuration));
    assertEquals(configuration.hashCode(), new LarderConfiguration<>(configuration).hashCode());
    assertNotEquals(configuration, new LarderConfiguration<>(String.class, String.class));
  }

  @SuppressWarnings("unchecked")
  private static LarderConfiguration<String, String> cast(Object read) {
    return (LarderConfiguration<String, String>) read;
  }

  @Test
  @SuppressWarnings("unchecked") // a class literal has no type arguments
  void getConfigurationGivesThePlainAndTheRichForm() {
    var cache = provider.getCacheManager().createCache("c", new MutableConfiguration<>());

    assertEquals(new MutableConfiguration<>(), cache.getConfiguration(CompleteConfiguration.class));
    assertNotNull(cache.getConfiguration(LarderConfiguration.class));
  }

  @Test
  void theFileWinsOverCodeWhereItSpeaksOfTheCacheAndFillsInWhatCodeLeavesOpen(@TempDir Path folder)
      throws Exception {
    var manager =
        configured(
            folder,
            """
            defaults:
              expire-after-write: 5m
              policy: fifo
            caches:
              special:
                policy: lfu
            """);

    var plain = spec(manager.createCache("plain", new MutableConfiguration<>()));
    var special =
        spec(
            manager.createCache(
                "special",
                new LarderConfiguration<>()
                    .with(spec -> spec.policy("mru"))
                    .setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(MINUTE))));

    assertEquals(Life.afterWrite(Duration.ofMinutes(5)), plain.expiry().life());
    assertEquals("fifo", plain.tuning().policy());
    assertEquals("lfu", special.tuning().policy());
    assertEquals(60_000, special.expiry().life().onCreate());
  }

  @Test
  void aCacheWithASectionOfItsOwnIsThereWithoutBeingCreated(@TempDir Path folder) throws Exception {
    var manager = configured(folder, "caches:\n  users: {maximum-entries: 9}\n");

    assertEquals(List.of("users"), manager.getCacheNames());
    var users = manager.getCache("users", Long.class, String.class);
    assertNotNull(users);
    assertEquals(9, spec(users).bounds().entries());
    assertSame(users, manager.getCache("users"));
    assertNull(manager.getCache("others"));
  }

  @Test
  void mistakesInTheFileAreCacheExceptionsThatSayWhere(@TempDir Path folder) {
    var refused =
        assertThrows(
            CacheException.class, () -> configured(folder, "defaults: {maximum-entires: 1}\n"));

    assertTrue(String.valueOf(refused.getMessage()).contains("larder.yaml"), refused.getMessage());
    var missing =
        assertThrows(
            CacheException.class,
            () -> provider.getCacheManager(folder.resolve("none.yaml").toUri(), null));
    assertTrue(String.valueOf(missing.getMessage()).contains("none.yaml"), missing.getMessage());
  }

  @Test
  void propertiesOfTheManagerOverrideTheConfiguration() {
    var properties = new Properties();
    properties.setProperty("larder.defaults.policy", "mru");
    properties.setProperty("my.own", "kept");
    var manager = provider.getCacheManager(Provided.uri(), null, properties);

    assertEquals(
        "mru", spec(manager.createCache("plain", new MutableConfiguration<>())).tuning().policy());
    assertEquals("kept", manager.getProperties().getProperty("my.own"));
    manager.getProperties().setProperty("my.own", "changed");
    assertEquals("kept", manager.getProperties().getProperty("my.own"));
  }

  @Test
  void readThroughNeedsALoaderAndWriteThroughAWriter() {
    var manager = provider.getCacheManager();

    var noLoader =
        assertThrows(
            IllegalArgumentException.class,
            () -> manager.createCache("c", new MutableConfiguration<>().setReadThrough(true)));
    assertTrue(String.valueOf(noLoader.getMessage()).contains("'c'"));
    assertThrows(
        IllegalArgumentException.class,
        () -> manager.createCache("c", new MutableConfiguration<>().setWriteThrough(true)));
  }

  @Test
  void cachesByReferenceStayInMemoryAndSaySoOnce() {
    var manager = provider.getCacheManager(Provided.uri(), null, Provided.properties("far"));
    var byReference = new MutableConfiguration<String, Date>().setStoreByValue(false);
    try (var log = new LogCapture("dev.larder.jcache")) {
      var cache = manager.createCache("refs", byReference);
      var date = new Date(0);
      cache.put("k", date);

      assertSame(date, cache.get("k"));
      assertEquals("memory", spec(cache).placement().topology());
      assertEquals(1, log.count("stays in the memory of this process"));
    }
  }

  @Test
  void aCacheByReferenceThatItsSectionPlacesElsewhereIsRefused(@TempDir Path folder)
      throws Exception {
    var manager = configured(folder, "caches:\n  refs: {topology: far}\n");

    var refused =
        assertThrows(
            UnsupportedOperationException.class,
            () -> manager.createCache("refs", new MutableConfiguration<>().setStoreByValue(false)));

    assertTrue(String.valueOf(refused.getMessage()).contains("'far'"), refused.getMessage());
    assertTrue(manager.unwrap(Larder.class).names().isEmpty());
  }

  @Test
  void theCodecIsJavaUnlessSomebodySaysOtherwise(@TempDir Path folder) throws Exception {
    var manager = configured(folder, "caches: {c: {codec: cbor}, j: {serial-allow: [a.B, 'c.*']}}");

    var inFile = spec(manager.createCache("c", new MutableConfiguration<>()));
    var allowed = spec(manager.createCache("j", new MutableConfiguration<>()));
    var inCode =
        spec(
            manager.createCache(
                "d", new LarderConfiguration<>().with(spec -> spec.option("codec", "json"))));

    assertEquals("cbor", inFile.placement().options().get("codec"));
    assertEquals("java", allowed.placement().options().get("codec"));
    assertEquals("a.B,c.*", allowed.placement().options().get("serial-allow"));
    assertEquals("json", inCode.placement().options().get("codec"));
  }

  @Test
  void managersAreOnePerUriAndClassLoader() {
    var uri = URI.create("larder:one");

    assertSame(provider.getCacheManager(uri, null), provider.getCacheManager(uri, null));
    assertEquals(uri, provider.getCacheManager(uri, null).getURI());
    assertSame(
        provider.getCacheManager(),
        provider.getCacheManager(provider.getDefaultURI(), provider.getDefaultClassLoader()));
  }
}
