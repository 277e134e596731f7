package dev.larder.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where the objects come from that annotations name by their class. */
class NamedByClassTest {

  @AfterEach
  void closeManager() {
    Containers.defaultManager().close();
  }

  record UpperKey(String name) implements GeneratedCacheKey {
    private static final long serialVersionUID = 1;

    static UpperKey of(CacheKeyInvocationContext<? extends Annotation> context) {
      var values = Arrays.stream(context.getKeyParameters()).map(p -> p.getValue()).toArray();
      return new UpperKey(Arrays.toString(values).toUpperCase(Locale.ROOT));
    }
  }

  @ApplicationScoped
  static class Uses {
    private final AtomicInteger count = new AtomicInteger();

    int count() {
      return count.get();
    }

    void add() {
      count.incrementAndGet();
    }
  }

  @Dependent
  static class BeanKeys implements CacheKeyGenerator {
    @Inject private Uses uses;

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      uses.add();
      return UpperKey.of(context);
    }
  }

  /** No bean: it is no bean class of the tests. */
  static class PlainKeys implements CacheKeyGenerator {
    static final AtomicInteger MADE = new AtomicInteger();

    PlainKeys() {
      MADE.incrementAndGet();
    }

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      return UpperKey.of(context);
    }
  }

  @ApplicationScoped
  static class Dishes {
    private final AtomicInteger calls = new AtomicInteger();

    @CacheResult(cacheName = "beans", cacheKeyGenerator = BeanKeys.class)
    String byBean(String name) {
      return name + calls.incrementAndGet();
    }

    @CacheResult(cacheName = "plain", cacheKeyGenerator = PlainKeys.class)
    String byClass(String name) {
      return name + calls.incrementAndGet();
    }
  }

  @Test
  void keyGeneratorIsTheBeanOfItsClass() {
    try (var container = Containers.start(Dishes.class, BeanKeys.class, Uses.class)) {
      var dishes = container.select(Dishes.class).get();
      assertEquals("soup1", dishes.byBean("soup"));
      assertEquals("soup1", dishes.byBean("SOUP"));
      assertEquals(2, container.select(Uses.class).get().count());
    }
  }

  @Test
  void keyGeneratorThatIsNoBeanIsConstructedOncePerMethod() {
    PlainKeys.MADE.set(0);
    try (var container = Containers.start(Dishes.class, BeanKeys.class, Uses.class)) {
      var dishes = container.select(Dishes.class).get();
      assertEquals("soup1", dishes.byClass("soup"));
      assertEquals("soup1", dishes.byClass("SOUP"));
      assertEquals(1, PlainKeys.MADE.get());
    }
  }
}
