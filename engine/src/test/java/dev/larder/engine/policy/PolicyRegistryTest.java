package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.ConfigurationException;
import dev.larder.spi.EvictionPolicy;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyRegistryTest {
  private static final ClassLoader LOADER = PolicyRegistryTest.class.getClassLoader();
  private static final String REGISTRATION =
      "META-INF/services/" + EvictionPolicy.Provider.class.getName();

  @Test
  void thePoliciesOfLarderAreKnownByName() {
    var names = PolicyRegistry.of(LOADER).names();

    assertTrue(
        names.containsAll(
            List.of(
                "adaptive",
                "fifo",
                "lfu",
                "lru",
                "mru",
                "s3-fifo",
                "sieve",
                "size",
                "ttl",
                "w-tinylfu")),
        names::toString);
  }

  @Test
  void everyProviderSaysTheNameItIsFoundBy() {
    var registry = PolicyRegistry.of(LOADER);

    for (var name : registry.names()) {
      assertEquals(name, registry.named(name).name());
    }
  }

  @Test
  void anUnknownNameIsRefusedWithTheKnownOnesInOrder() {
    var registry = PolicyRegistry.of(LOADER);

    var e = assertThrows(ConfigurationException.class, () -> registry.named("LRU"));

    assertEquals(
        "unknown eviction policy 'LRU'; known are adaptive, fifo, lfu, lru, mru, newest-leaves,"
            + " s3-fifo, sieve, size, ttl, w-tinylfu, waiting",
        e.getMessage());
  }

  @Test
  void aUsersPolicyOnTheClassPathIsFoundByItsName() {
    EvictionPolicy<FakeEntry> policy = PolicyRegistry.of(LOADER).named("newest-leaves").create(10);
    var first = new FakeEntry(1);
    var second = new FakeEntry(2);
    policy.added(first);
    policy.added(second);

    assertSame(second, policy.evict(e -> true));
    assertSame(first, policy.evict(e -> true));
  }

  @Test
  void aLoaderThatDoesNotSeeLarderStillGetsItsPolicies() {
    var names = PolicyRegistry.of(ClassLoader.getPlatformClassLoader()).names();

    assertTrue(names.contains("s3-fifo"), names::toString);
  }

  @Test
  void twoProvidersOfOneNameAreRefusedByTheirClassNames(@TempDir Path folder) throws IOException {
    try (var loader = register(folder, ClashingPolicies.AnotherLru.class.getName())) {
      var e = assertThrows(ConfigurationException.class, () -> PolicyRegistry.of(loader));

      assertTrue(e.getMessage().contains("'lru'"), e::getMessage);
      assertTrue(e.getMessage().contains(ClashingPolicies.AnotherLru.class.getName()));
      assertTrue(e.getMessage().contains(BuiltInPolicies.Lru.class.getName()));
    }
  }

  @Test
  void aBrokenProviderTakesNothingFromTheOthersAndIsNamedWhenMissed(@TempDir Path folder)
      throws IOException {
    var unmakable = ClashingPolicies.Unmakable.class.getName();
    try (var loader = register(folder, unmakable, "no.such.Policy")) {
      var registry = PolicyRegistry.of(loader);

      assertEquals("s3-fifo", registry.named("s3-fifo").name());
      var e = assertThrows(ConfigurationException.class, () -> registry.named("unmakable"));
      assertTrue(e.getMessage().contains("could not be loaded"), e::getMessage);
      assertTrue(e.getMessage().contains("no.such.Policy"), e::getMessage);
      assertTrue(e.getMessage().contains(unmakable), e::getMessage);
    }
  }

  private static URLClassLoader register(Path folder, String... providers) throws IOException {
    var file = folder.resolve(REGISTRATION);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(providers));
    return new URLClassLoader(new URL[] {folder.toUri().toURL()}, LOADER);
  }
}
