package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What each attribute of the annotations does, as their Javadoc says it. */
public abstract class AttributesContract extends ContainerContract {
  private static final Callable<String> NEVER =
      () -> {
        throw new AssertionError("the method ran");
      };

  private Attributed methods;

  @BeforeEach
  void begin() {
    Seen.begin(manager());
    methods = managed(AnnotatedMethods.class, Attributed.class);
  }

  private static <T> Callable<T> thrower(Exception thrown) {
    return () -> {
      throw thrown;
    };
  }

  private static Void same(String expected, String actual) {
    assertEquals(expected, actual);
    return null;
  }

  private String held(String id) throws Exception {
    return methods.named(id, () -> "(none)");
  }

  /** Puts a value under the id and takes what is held there now out again. */
  private void given(String id, String value) throws Exception {
    methods.put(id, value, () -> null);
  }

  @Test
  void resultIsComputedOnceAndThenFound() throws Exception {
    assertEquals("one", methods.named("a", () -> "one"));
    assertEquals("one", methods.named("a", NEVER));
    assertEquals("two", methods.named("b", () -> "two"));
  }

  @Test
  void withoutCacheKeyAllParametersAreTheKey() {
    assertEquals("a1", methods.unnamed("a", 1));
    assertEquals("a2", methods.unnamed("a", 2));
    assertEquals("b1", methods.unnamed("b", 1));
  }

  @Test
  void cacheWithoutANameIsCalledAsTheMethod() {
    methods.unnamed("a", 1);
    assertEquals(1, size("dev.larder.annotations.AnnotatedMethods.unnamed(java.lang.String,int)"));
  }

  @Test
  void classDefaultsNameTheCacheTheGeneratorAndTheFactory() throws Exception {
    var defaulted = managed(DefaultedMethods.class, Defaulted.class);
    assertEquals("one", defaulted.ofClass("A", () -> "one"));
    assertEquals("one", defaulted.ofClass("a", NEVER));
    assertEquals(1, size("mine-ofClass"));
    assertEquals("own", defaulted.ofMethod("a", () -> "own"));
    assertEquals(1, size("mine-ofMethod"));
  }

  @Test
  void missingCacheIsCreatedAndAPresentOneUsed() throws Exception {
    assertNull(manager().getCache("values"));
    methods.named("a", () -> "one");
    var created = manager().getCache("values");
    assertEquals(1, size("values"));
    methods.named("b", () -> "two");
    assertEquals(created, manager().getCache("values"));
  }

  @Test
  void closedCacheIsOpenedAgain() throws Exception {
    methods.named("a", () -> "one");
    manager().destroyCache("values");
    assertEquals("two", methods.named("a", () -> "two"));
  }

  @Test
  void arraysAreKeysByWhatTheyHoldWhenTheMethodIsCalled() throws Exception {
    var ids = new int[] {1, 2};
    assertEquals("one", methods.array(ids, () -> "one"));
    ids[0] = 9;
    assertEquals("one", methods.array(new int[] {1, 2}, NEVER));
    assertEquals("two", methods.array(ids, () -> "two"));
  }

  @Test
  void primitivesComeAndGo() throws Exception {
    assertEquals(7, methods.number(1L, () -> 7));
    assertEquals(7, methods.number(1L, () -> 8));
  }

  @Test
  void nullIsNotCached() throws Exception {
    assertNull(methods.named("a", () -> null));
    assertEquals(0, size("values"));
    assertEquals("one", methods.named("a", () -> "one"));
  }

  @Test
  void nullIsAKeyLikeAnother() throws Exception {
    assertEquals("one", methods.named(null, () -> "one"));
    assertEquals("one", methods.named(null, NEVER));
    assertEquals("two", methods.named("null", () -> "two"));
  }

  @Test
  void skipGetRunsTheMethodAndKeepsTheResultForTheOneThatFinds() throws Exception {
    methods.named("a", () -> "one");
    assertEquals("two", methods.skipping("a", () -> "two"));
    assertEquals("three", methods.skipping("a", () -> "three"));
    assertEquals("three", methods.named("a", NEVER));
  }

  @Test
  void exceptionIsNotCachedUnlessAskedFor() throws Exception {
    var thrown = new IOException("no");
    assertEquals(
        thrown, assertThrows(IOException.class, () -> methods.named("a", thrower(thrown))));
    assertEquals("one", methods.named("a", () -> "one"));
  }

  @Test
  @Tag("smoke")
  void cachedExceptionIsThrownAgain() {
    assertThrows(IOException.class, () -> methods.failing("a", thrower(new IOException("no"))));
    var again = assertThrows(IOException.class, () -> methods.failing("a", NEVER));
    assertEquals("no", again.getMessage());
    assertEquals(1, size("failures"));
    assertEquals(0, size("failing"));
  }

  @Test
  void skipGetPassesCachedExceptionsTooAndCachesNewOnes() throws Exception {
    assertThrows(IOException.class, () -> methods.failing("a", thrower(new IOException("1"))));
    assertThrows(IOException.class, () -> methods.failingAnew("a", thrower(new IOException("2"))));
    assertEquals(
        "2", assertThrows(IOException.class, () -> methods.failing("a", NEVER)).getMessage());
    methods.failingAnew("a", () -> "one");
    assertEquals("one", methods.failing("a", NEVER));
  }

  @Test
  void cachedExceptionsAreOnlyThoseListed() throws Exception {
    assertThrows(IOException.class, () -> methods.failingForSome("a", thrower(new IOException())));
    assertThrows(IOException.class, () -> methods.failingForSome("a", NEVER));
    assertThrows(
        IllegalStateException.class,
        () -> methods.failingForSome("b", thrower(new IllegalStateException())));
    assertEquals("one", methods.failingForSome("b", () -> "one"));
  }

  @Test
  void nonCachedExceptionsAreAllButThoseListed() throws Exception {
    assertThrows(
        FileNotFoundException.class,
        () -> methods.failingButSome("a", thrower(new FileNotFoundException())));
    assertEquals("one", methods.failingButSome("a", () -> "one"));
    assertThrows(
        IllegalStateException.class,
        () -> methods.failingButSome("b", thrower(new IllegalStateException())));
    assertThrows(IllegalStateException.class, () -> methods.failingButSome("b", NEVER));
  }

  @Test
  void bothListsMeanOfTheFirstThoseNotInTheSecond() throws Exception {
    assertThrows(IOException.class, () -> methods.failingBoth("a", thrower(new IOException())));
    assertThrows(IOException.class, () -> methods.failingBoth("a", NEVER));
    for (var other : List.of(new FileNotFoundException(), new IllegalStateException())) {
      assertThrows(other.getClass(), () -> methods.failingBoth("b", thrower(other)));
      assertEquals("one", methods.failingBoth(other + "", () -> "one"));
    }
    assertEquals("two", methods.failingBoth("b", () -> "two"));
  }

  @Test
  void putKeepsTheValueAfterTheMethodHasRun() throws Exception {
    methods.put("a", "new", () -> same("old", methods.named("a", () -> "old")));
    assertEquals("new", held("a"));
  }

  @Test
  void putBeforeKeepsTheValueWhateverTheMethodDoes() {
    assertThrows(
        IOException.class,
        () ->
            methods.putBefore(
                "a",
                "new",
                () -> {
                  assertEquals("new", held("a"));
                  throw new IOException();
                }));
    assertEquals(1, size("values"));
  }

  @Test
  void exceptionPreventsThePut() throws Exception {
    assertThrows(IOException.class, () -> methods.put("a", "new", thrower(new IOException())));
    assertEquals("(none)", held("a"));
  }

  @Test
  void cacheForAndNoCacheForChooseExceptionsThatDoNot() throws Exception {
    var wide = new IOException();
    var narrow = new FileNotFoundException();
    var other = new IllegalStateException();
    assertThrows(Exception.class, () -> methods.putForSome("1", "put", thrower(wide)));
    assertThrows(Exception.class, () -> methods.putForSome("2", "put", thrower(narrow)));
    assertThrows(Exception.class, () -> methods.putForSome("3", "put", thrower(other)));
    assertThrows(Exception.class, () -> methods.putButSome("4", "put", thrower(wide)));
    assertThrows(Exception.class, () -> methods.putButSome("5", "put", thrower(other)));
    assertThrows(Exception.class, () -> methods.putBoth("6", "put", thrower(wide)));
    assertThrows(Exception.class, () -> methods.putBoth("7", "put", thrower(narrow)));
    assertThrows(Exception.class, () -> methods.putBoth("8", "put", thrower(other)));
    assertEquals(
        List.of("put", "put", "(none)", "(none)", "put", "put", "(none)", "(none)"),
        List.of(
            held("1"), held("2"), held("3"), held("4"), held("5"), held("6"), held("7"),
            held("8")));
  }

  @Test
  void puttingNullRemovesWhatIsNoLongerTrue() throws Exception {
    given("a", "one");
    methods.put("a", null, () -> null);
    assertEquals(0, size("values"));
  }

  @Test
  void removeTakesTheEntryOutAfterTheMethodHasRun() throws Exception {
    given("a", "one");
    given("b", "two");
    methods.remove("a", () -> same("one", held("a")));
    assertEquals("(none)", held("a"));
    assertEquals("two", held("b"));
  }

  @Test
  void removeBeforeTakesItOutWhateverTheMethodDoes() throws Exception {
    given("a", "one");
    assertThrows(IOException.class, () -> methods.removeBefore("a", thrower(new IOException())));
    assertEquals("(none)", held("a"));
  }

  @Test
  void exceptionPreventsTheRemovalButThoseOfEvictFor() throws Exception {
    for (var id : List.of("1", "2", "3", "4", "5")) {
      given(id, "one");
    }
    assertThrows(Exception.class, () -> methods.remove("1", thrower(new IOException())));
    assertThrows(Exception.class, () -> methods.removeForSome("2", thrower(new IOException())));
    assertThrows(
        Exception.class, () -> methods.removeForSome("3", thrower(new IllegalStateException())));
    assertThrows(Exception.class, () -> methods.removeButSome("4", thrower(new IOException())));
    assertThrows(
        Exception.class, () -> methods.removeButSome("5", thrower(new IllegalStateException())));
    assertEquals(
        List.of("one", "(none)", "one", "one", "(none)"),
        List.of(held("1"), held("2"), held("3"), held("4"), held("5")));
  }

  @Test
  void removeAllEmptiesTheCacheAfterTheMethodHasRun() throws Exception {
    given("a", "one");
    given("b", "two");
    methods.removeAll(() -> same("one", held("a")));
    assertEquals(0, size("values"));
  }

  @Test
  void removeAllObeysItsOtherAttributes() throws Exception {
    given("a", "one");
    assertThrows(IOException.class, () -> methods.removeAll(thrower(new IOException())));
    assertThrows(
        IllegalStateException.class,
        () -> methods.removeAllForSome(thrower(new IllegalStateException())));
    assertEquals(1, size("values"));
    assertThrows(IOException.class, () -> methods.removeAllForSome(thrower(new IOException())));
    assertEquals(0, size("values"));
    given("a", "one");
    assertThrows(IOException.class, () -> methods.removeAllBefore(thrower(new IOException())));
    assertEquals(0, size("values"));
  }

  @Test
  void namedGeneratorMakesTheKeys() throws Exception {
    assertEquals("one", methods.generated("A", () -> "one"));
    assertEquals("one", methods.generated("a", NEVER));
    assertTrue(cache("generated").containsKey(new Seen.LowerCase("a")));
  }

  @Test
  void generatorIsToldOfTheCall() throws Exception {
    methods.generated("A", () -> "one");
    var context = (CacheKeyInvocationContext<?>) Seen.CONTEXTS.get(0);
    assertEquals("generated", context.getMethod().getName());
    assertEquals("generated", context.getCacheName());
    assertTrue(context.getCacheAnnotation() instanceof CacheResult);
    assertTrue(context.getAnnotations().contains(context.getCacheAnnotation()));
    assertTrue(context.getTarget() instanceof AnnotatedMethods);
    assertNull(context.getValueParameter());
    var all = context.getAllParameters();
    var key = context.getKeyParameters();
    assertEquals(2, all.length);
    assertEquals(1, key.length);
    assertNotSame(all, context.getAllParameters());
    assertArrayEquals(key, context.getKeyParameters());
    assertEquals("A", key[0].getValue());
    assertEquals(String.class, key[0].getRawType());
    assertEquals(0, key[0].getParameterPosition());
    assertEquals(Callable.class, all[1].getRawType());
    assertEquals(1, all[1].getParameterPosition());
    var marks = key[0].getAnnotations();
    assertTrue(marks.stream().anyMatch(CacheKey.class::isInstance));
    assertThrows(UnsupportedOperationException.class, () -> marks.clear());
    assertThrows(IllegalArgumentException.class, () -> context.unwrap(StringBuilder.class));
    assertEquals(context, context.unwrap(CacheKeyInvocationContext.class));
  }

  @Test
  void factoryIsAskedOnceForEachMethodAndItsResolversGiveTheCaches() throws Exception {
    methods.resolved("a", () -> "one");
    assertEquals("one", methods.resolved("a", NEVER));
    assertThrows(IOException.class, () -> methods.resolved("b", thrower(new IOException("no"))));
    assertThrows(IOException.class, () -> methods.resolved("b", NEVER));
    assertEquals(List.of("results of asked", "exceptions of askedFailures"), Seen.ASKED);
    assertEquals(1, size("mine-asked"));
    assertEquals(1, size("mine-askedFailures"));
  }

  @Test
  void methodWithoutAnnotationsRunsEachTime() throws Exception {
    assertEquals("one", methods.plain("a", () -> "one"));
    assertEquals("two", methods.plain("a", () -> "two"));
  }

  @Test
  void valueOfAnotherTypeIsAnErrorThatNamesItAll() throws Exception {
    assertEquals(1, methods.number(1L, () -> 1));
    var entry = cache("numbers").iterator().next();
    cache("numbers").put(entry.getKey(), "text");
    var failure = assertThrows(CacheException.class, () -> methods.number(1L, () -> 2));
    for (var part : List.of("number", "'numbers'", "java.lang.String", "java.lang.Integer")) {
      assertTrue(failure.getMessage().contains(part), failure.getMessage());
    }
    assertFalse(failure.getMessage().isBlank());
  }
}
