package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheClosedException;
import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.Health;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Named caches under one manager. The fixture has to have one. */
public interface ManagerContract extends CacheContract {

  private Cache<String, String> create(String name) {
    var spec = CacheSpec.of(name, String.class, String.class).build();
    return fixture().larder().create(fixture().placed(spec));
  }

  @Test
  default void cachesAreKnownByName() {
    var larder = fixture().larder();
    var a = create("a");
    var b = create("b");
    a.put("k", "in a");
    b.put("k", "in b");
    assertEquals("in a", a.get("k"));
    assertEquals(Set.of("a", "b"), larder.names());
    assertSame(a, larder.find("a").orElseThrow());
    assertEquals(Optional.empty(), larder.find("c"));
    assertSame(a, larder.cache("a", String.class, String.class));
  }

  @Test
  default void nameThatIsTakenIsRefused() {
    create("a").put("k", "v");
    fails(IllegalStateException.class, () -> create("a"), "a");
    assertEquals("v", fixture().larder().cache("a", String.class, String.class).get("k"));
  }

  @Test
  default void openCacheOfOtherTypesIsRefused() {
    create("a");
    fails(
        IllegalArgumentException.class,
        () -> fixture().larder().cache("a", String.class, Long.class),
        "a",
        "Long",
        "String");
  }

  @Test
  default void nameOfAClosedCacheIsFree() {
    create("a").close();
    assertEquals(Set.of(), fixture().larder().names());
    assertEquals(Optional.empty(), fixture().larder().find("a"));
    create("a").put("k", "v");
  }

  @Test
  default void destroyClosesTheCacheAndDeletesItsEntries() {
    var larder = fixture().larder();
    var cache = create("a");
    cache.put("k", "v");
    larder.destroy("a");
    fails(CacheClosedException.class, () -> cache.get("k"), "a");
    assertEquals(Set.of(), larder.names());
    assertNull(create("a").get("k"));
    larder.destroy("never created");
  }

  @Test
  default void closingTheManagerClosesItsCaches() {
    var larder = fixture().larder();
    var cache = create("a");
    larder.close();
    larder.close();
    fails(CacheClosedException.class, () -> cache.put("k", "v"), "a");
    fails(CacheClosedException.class, () -> create("b"), "closed");
    fails(
        CacheClosedException.class, () -> larder.cache("b", String.class, String.class), "closed");
    assertEquals(Health.Status.UNHEALTHY, larder.health().status());
  }

  @Test
  default void healthOfTheManagerIsTheWorstOfItsCaches() {
    var larder = fixture().larder();
    create("a").put("k", "v");
    create("b").put("k", "v");
    assertEquals(Health.Status.HEALTHY, larder.health().status());
    assertEquals(2, larder.health().size());
  }

  @Test
  default void unknownPolicyIsRefusedWithTheKnownOnes() {
    var spec = CacheSpec.of("a", String.class, String.class).policy("clairvoyant").build();
    fails(
        ConfigurationException.class,
        () -> fixture().larder().create(spec),
        "a",
        "clairvoyant",
        "lru");
    assertEquals(Set.of(), fixture().larder().names());
    create("a").put("k", "v");
  }

  @Test
  default void unknownTopologyIsRefusedWithTheKnownOnes() {
    var spec = CacheSpec.of("a", String.class, String.class).topology("moon").build();
    fails(
        ConfigurationException.class, () -> fixture().larder().create(spec), "a", "moon", "memory");
    assertTrue(fixture().larder().names().isEmpty());
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  default void nullsAreNamed() {
    var larder = fixture().larder();
    fails(NullPointerException.class, () -> larder.create(null), "spec");
    fails(NullPointerException.class, () -> larder.find(null), "name");
    fails(NullPointerException.class, () -> larder.destroy((String) null), "name");
    fails(NullPointerException.class, () -> larder.cache(null, String.class, String.class), "name");
    fails(NullPointerException.class, () -> larder.cache("a", null, String.class), "keyType");
    fails(NullPointerException.class, () -> larder.cache("a", String.class, null), "valueType");
    create("a").put("k", "v");
  }
}
