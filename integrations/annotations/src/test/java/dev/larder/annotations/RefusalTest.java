package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can never work is refused when the class is looked at, by a message that says it all. */
@SuppressWarnings({"UnusedMethod", "ClassCanBeStatic", "EffectivelyPrivate"})
class RefusalTest {
  private final CacheMethods methods = CacheMethods.of(Providers::larder, Beans.constructed());

  static class PrivateMethod {
    @CacheResult
    private String find(String id) {
      return id;
    }
  }

  static class StaticMethod {
    @CacheRemove
    static void drop(String id) {}
  }

  static class FinalMethod {
    @CacheRemoveAll
    public final void clear() {}
  }

  static class BelowFinalMethod extends FinalMethod {}

  static class TwoAnnotations {
    @CacheResult
    @CacheRemove
    public String find(String id) {
      return id;
    }
  }

  static class ThreeAnnotations {
    @CacheResult
    @CacheRemove
    @CacheRemoveAll
    public String find(String id) {
      return id;
    }
  }

  static class VoidResult {
    @CacheResult
    public void find(String id) {}
  }

  static class VoidStage {
    @CacheResult
    public CompletionStage<Void> find(String id) {
      throw new AssertionError(id);
    }
  }

  static class ReadOnce {
    @CacheResult
    public Stream<String> find(String id) {
      return Stream.of(id);
    }
  }

  static class ReadOnceToo {
    @CacheResult
    public Iterator<String> find(String id) {
      return List.of(id).iterator();
    }
  }

  static class OtherFuture {
    @CacheResult
    public Future<String> find(String id) {
      throw new AssertionError(id);
    }
  }

  static class PrimitiveOptional {
    @CacheResult
    public OptionalInt find(String id) {
      return OptionalInt.of(id.length());
    }
  }

  static class PutWithoutValue {
    @CachePut
    public void put(String id, String value) {}
  }

  static class PutWithTwoValues {
    @CachePut
    public void put(String id, @CacheValue String value, @CacheValue String other) {}
  }

  static class PutOfAStage {
    @CachePut
    public void put(String id, @CacheValue CompletionStage<String> value) {}
  }

  static class KeyAndValue {
    @CachePut
    public void put(String id, @CacheKey @CacheValue String value) {}
  }

  static class ResultWithValue {
    @CacheResult
    public String find(String id, @CacheValue String value) {
      return id + value;
    }
  }

  @CacheResult
  static class OnTheClass {
    public String find(String id) {
      return id;
    }
  }

  static class AmbiguousPut {
    @CacheResult(cacheName = "books")
    public String title(long id) {
      return "" + id;
    }

    @CacheResult(cacheName = "books")
    public String author(long id) {
      return "" + id;
    }

    @CachePut(cacheName = "books")
    public void put(long id, @CacheValue String value) {}
  }

  static class FittingNowhere {
    @CacheResult(cacheName = "books")
    public String title(long id) {
      return "" + id;
    }

    @CacheResult(cacheName = "books")
    public Integer pages(Long id) {
      return id.intValue();
    }

    @CachePut(cacheName = "books")
    public void put(long id, @CacheValue Object value) {}
  }

  interface OneSaying {
    @CacheResult(cacheName = "one")
    String find(String id);
  }

  interface OtherSaying {
    @CacheResult(cacheName = "other")
    String find(String id);
  }

  static class BothSaid implements OneSaying, OtherSaying {
    @Override
    public String find(String id) {
      return id;
    }
  }

  interface StaticInInterface {
    @CacheResult
    static String find(String id) {
      return id;
    }
  }

  record Case(Class<?> type, String annotation, String method, String said) {}

  static List<Case> refused() {
    return List.of(
        new Case(PrivateMethod.class, "@CacheResult", "find", "is private"),
        new Case(StaticMethod.class, "@CacheRemove", "drop", "is static"),
        new Case(FinalMethod.class, "@CacheRemoveAll", "clear", "is final"),
        new Case(BelowFinalMethod.class, "@CacheRemoveAll", "clear", "allowed are methods"),
        new Case(StaticInInterface.class, "@CacheResult", "find", "is static"),
        new Case(TwoAnnotations.class, "@CacheResult and @CacheRemove", "find", "allowed is one"),
        new Case(ThreeAnnotations.class, "and @CacheRemoveAll", "find", "allowed is one"),
        new Case(VoidResult.class, "@CacheResult", "find", "returns nothing"),
        new Case(VoidStage.class, "@CacheResult", "find", "returns nothing"),
        new Case(ReadOnce.class, "@CacheResult", "find", "java.util.stream.Stream"),
        new Case(ReadOnceToo.class, "@CacheResult", "find", "can be read once"),
        new Case(OtherFuture.class, "@CacheResult", "find", "CompletionStage or"),
        new Case(PrimitiveOptional.class, "@CacheResult", "find", "allowed is Optional"),
        new Case(PutWithoutValue.class, "@CachePut", "put", "no @CacheValue"),
        new Case(PutWithTwoValues.class, "@CachePut", "put", "has 2 @CacheValue"),
        new Case(PutOfAStage.class, "@CachePut", "put", "a stage"),
        new Case(KeyAndValue.class, "@CachePut", "put", "never part of the key"),
        new Case(ResultWithValue.class, "@CacheResult", "find", "for @CachePut alone"),
        new Case(OnTheClass.class, "@CacheResult", "OnTheClass", "@CacheDefaults"),
        new Case(AmbiguousPut.class, "@CachePut", "put", "more than one returns that"),
        new Case(FittingNowhere.class, "@CachePut", "put", "none returns that"),
        new Case(BothSaid.class, "@CacheResult", "find", "says something else"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void isRefusedByNameOfMethodAndAnnotation(Case refused) {
    var failure = assertThrows(CacheException.class, () -> methods.check(refused.type));
    for (var part :
        List.of(refused.annotation, refused.method, refused.said, getClass().getName())) {
      assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }
  }

  @Test
  void ambiguousPutIsToldOfTheWayOut() {
    var failure = assertThrows(CacheException.class, () -> methods.check(AmbiguousPut.class));
    assertTrue(failure.getMessage().contains("[author, title]"), failure.getMessage());
    assertTrue(failure.getMessage().contains("cacheKeyGenerator"), failure.getMessage());
  }

  @Test
  void findRefusesAsCheckDoes() throws Exception {
    var method = TwoAnnotations.class.getMethod("find", String.class);
    assertThrows(CacheException.class, () -> methods.find(TwoAnnotations.class, method));
  }

  @Test
  void classWithoutAnnotationsIsFine() throws Exception {
    methods.check(List.class);
    methods.check(Object.class);
    assertNull(methods.find(Object.class, Object.class.getMethod("toString")));
  }

  @Test
  void nullArgumentsAreNamed() {
    assertEquals(
        "beans",
        assertThrows(NullPointerException.class, () -> CacheMethods.of(null)).getMessage());
    assertEquals(
        "manager",
        assertThrows(NullPointerException.class, () -> CacheMethods.of(null, Beans.constructed()))
            .getMessage());
  }

  static class NoKey implements CacheKeyGenerator {
    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<?> context) {
      return null;
    }
  }

  static class NoCache implements CacheResolverFactory {
    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
      return new CacheResolver() {
        @Override
        public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> of) {
          return null;
        }
      };
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
      return null;
    }
  }

  record NeedsMore(String what) implements CacheKeyGenerator {
    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<?> context) {
      throw new AssertionError(what);
    }
  }

  interface Faulty {
    String key(String id);

    String cache(String id);

    String resolver(String id);

    String constructor(String id);
  }

  static class FaultyMethods implements Faulty {
    @CacheResult(cacheKeyGenerator = NoKey.class)
    @Override
    public String key(String id) {
      return id;
    }

    @CacheResult(cacheResolverFactory = NoCache.class)
    @Override
    public String cache(String id) {
      return id;
    }

    @CacheResult(cacheResolverFactory = NoCache.class, exceptionCacheName = "failures")
    @Override
    public String resolver(String id) {
      return id;
    }

    @CacheResult(cacheKeyGenerator = NeedsMore.class)
    @Override
    public String constructor(String id) {
      return id;
    }
  }

  @Test
  void faultyGeneratorsAndResolversAreNamed() {
    var faulty =
        new ReflectiveContainer(Providers::larder).managed(FaultyMethods.class, Faulty.class);
    assertTrue(message(() -> faulty.key("a")).contains("NoKey gave no key"));
    assertTrue(message(() -> faulty.cache("a")).contains("gave no cache"));
    assertTrue(message(() -> faulty.resolver("a")).contains("NoCache gave no resolver"));
    assertTrue(message(() -> faulty.constructor("a")).contains("NeedsMore cannot be made"));
  }

  private static String message(Runnable call) {
    return assertThrows(CacheException.class, call::run).getMessage();
  }
}
