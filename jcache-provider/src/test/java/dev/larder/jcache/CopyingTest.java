package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users may say about copies, in code and in larder.yaml. */
class CopyingTest {
  private final LarderCachingProvider provider = new LarderCachingProvider();

  @AfterEach
  void close() {
    provider.close();
  }

  /** Looks as if it changed, and cannot be serialized. */
  static final class Money {
    private long cents;

    Money(long cents) {
      this.cents = cents;
    }
  }

  record Draft(String text) implements Serializable {}

  /** Two ways to the same money. */
  record Bill(List<Object> positions, Money total) implements Serializable {}

  private Cache<String, Object> cache(LarderConfiguration<String, Object> configuration) {
    return provider.getCacheManager().createCache("objects", configuration);
  }

  private static LarderConfiguration<String, Object> objects() {
    return new LarderConfiguration<>(String.class, Object.class);
  }

  @Test
  void objectsOfClassesDeclaredImmutableAreShared() {
    var cache = cache(objects().immutable(Money.class));
    var money = new Money(5);

    cache.put("k", money);

    assertSame(money, cache.get("k"));
  }

  @Test
  void objectsOfClassesDeclaredToBeCopiedAreCopied() {
    var cache = cache(objects().copied(Draft.class));
    var draft = new Draft("a");

    cache.put("k", draft);

    assertEquals(draft, cache.get("k"));
    assertNotSame(cache.get("k"), cache.get("k"));
  }

  @Test
  void anOwnCopierIsAskedForItsObjectsInsideOthersToo() {
    var cache = cache(objects().copier(Money.class, money -> new Money(money.cents)));
    var money = new Money(5);
    cache.put("k", new Bill(new ArrayList<>(List.of(money)), money));
    money.cents = 6;

    var bill = (Bill) cache.get("k");

    assertEquals(5, bill.total().cents);
    assertSame(bill.total(), bill.positions().get(0));
  }

  @Test
  void anOwnCopierThatFailsIsNamed() {
    var cache =
        cache(
            objects()
                .copier(
                    Money.class,
                    money -> {
                      throw new IllegalStateException("out of ink");
                    }));

    var refused = assertThrows(CacheException.class, () -> cache.put("k", new Money(1)));

    var message = String.valueOf(refused.getMessage());
    assertTrue(message.contains("Money") && message.contains("out of ink"), message);
  }

  @Test
  void classesMayBeNamedInTheFile(@TempDir Path folder) throws Exception {
    var file =
        Files.writeString(
            folder.resolve("larder.yaml"),
            """
            caches:
              objects:
                immutable-classes: ["*$Money"]
                copied-classes: [dev.larder.jcache.CopyingTest$Draft]
            """);
    var cache =
        provider
            .getCacheManager(file.toUri(), null)
            .createCache("objects", new MutableConfiguration<String, Object>());
    var money = new Money(5);
    cache.put("money", money);
    cache.put("draft", new Draft("a"));

    assertSame(money, cache.get("money"));
    assertNotSame(cache.get("draft"), cache.get("draft"));
  }

  @Test
  void aConfigurationKeepsItWhenSerializedAndCopied() throws Exception {
    var configuration =
        objects().immutable(Money.class).copied(Draft.class).copier(Bill.class, bill -> bill);
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(configuration);
    }
    LarderConfiguration<?, ?> back;
    try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      back = (LarderConfiguration<?, ?>) in.readObject();
    }

    assertEquals(configuration.copying().immutable(), back.copying().immutable());
    assertEquals(configuration.copying().copied(), back.copying().copied());
    assertEquals(configuration.copying().copiers().keySet(), back.copying().copiers().keySet());
    assertEquals(configuration, new LarderConfiguration<>(configuration));
    assertNotEquals(configuration, objects());
    assertNotEquals(objects().immutable(Money.class), new MutableConfiguration<>(objects()));
  }
}
