package dev.larder.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.Advised;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.interceptor.CacheResolver;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import reactor.core.publisher.Mono;

/** What is special about the annotations of JSR-107 in Spring. */
class LarderCacheAnnotationsTest {
  private final AnnotatedContext contexts = new AnnotatedContext();
  private final LarderCacheManager caches = new LarderCacheManager(contexts.manager());

  @AfterEach
  void close() {
    contexts.close();
  }

  private AnnotationConfigApplicationContext context(Class<?> type) {
    return contexts.context(type, caches);
  }

  private List<String> keys(String cache) {
    var keys = new ArrayList<String>();
    contexts.manager().getCache(cache).forEach(entry -> keys.add(entry.getKey().toString()));
    keys.sort(null);
    return keys;
  }

  static class Books {
    final AtomicInteger runs = new AtomicInteger();

    @CacheResult(cacheName = "words")
    public String words(String first, String... more) {
      return first + more.length + "." + runs.incrementAndGet();
    }

    @CacheResult(cacheName = "books")
    public String title(long id) {
      return "title " + id;
    }

    @CacheResult(cacheName = "books")
    public Integer pages(long id) {
      return (int) id;
    }
  }

  static class NamedBooks {
    @CacheResult(cacheName = "named", cacheKeyGenerator = Numbers.class)
    public String named(long id) {
      return "named " + id;
    }
  }

  /** A generator of keys that is a bean, with what it needs. */
  static class Numbers implements CacheKeyGenerator {
    private final AnnotationConfigApplicationContext context;

    Numbers(AnnotationConfigApplicationContext context) {
      this.context = context;
    }

    record Key(String of, Object value) implements GeneratedCacheKey {}

    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<?> call) {
      var name = context.getBeanNamesForType(Numbers.class).length + " generator";
      return new Key(name, call.getKeyParameters()[0].getValue());
    }
  }

  @Test
  void keysAreThoseOfSpringWithTheNameOfTheMethodWhereMethodsWouldCollide() {
    var books = context(Books.class).getBean(Books.class);
    assertEquals("a2.1", books.words("a", "b", "c"));
    assertEquals("a2.1", books.words("a", "b", "c"));
    assertEquals(List.of("SimpleKey [a, b, c]"), keys("words"));
    assertEquals("title 7", books.title(7));
    assertEquals(7, books.pages(7));
    assertEquals("title 7", books.title(7));
    assertEquals(List.of("pages[7]", "title[7]"), keys("books"));
  }

  @Import(NamedBooks.class)
  static class WithGenerator {
    @org.springframework.context.annotation.Bean
    Numbers numbers(AnnotationConfigApplicationContext context) {
      return new Numbers(context);
    }
  }

  @Test
  void generatorsAreBeansWhereTheyAre() {
    assertEquals("named 7", context(WithGenerator.class).getBean(NamedBooks.class).named(7));
    assertEquals(List.of("Key[of=1 generator, value=7]"), keys("named"));
  }

  @Import(Books.class)
  static class ForTenants implements CachingConfigurer {
    @Override
    public KeyGenerator keyGenerator() {
      return (target, method, parameters) -> "tenant/" + parameters[0];
    }
  }

  /**
   * Forbidden: one tenant gets what is another's, since the application's generator is not asked.
   */
  @Test
  void generatorOfTheApplicationIsAskedAndStaysInKeysWithANameToo() {
    var books = context(ForTenants.class).getBean(Books.class);
    books.words("a");
    books.title(7);
    assertEquals(List.of("tenant/a"), keys("words"));
    assertEquals(List.of("title[tenant/7]"), keys("books"));
  }

  @Import(Books.class)
  static class ByResolver implements CachingConfigurer {
    @Override
    public CacheResolver cacheResolver() {
      return context -> List.of();
    }
  }

  @Test
  void resolverOfSpringThatCannotBeAskedIsAnErrorThatSaysWhatToDo() {
    var books = context(ByResolver.class).getBean(Books.class);
    var refused = assertThrows(CacheException.class, () -> books.title(7));
    assertTrue(refused.getMessage().contains("larder.spring.standard-annotations"));
    assertTrue(refused.getMessage().contains(ByResolver.class.getName()), refused::getMessage);
  }

  @EnableCaching
  @Import({LarderCacheAnnotations.class, Books.class})
  static class OverMaps {
    @org.springframework.context.annotation.Bean
    ConcurrentMapCacheManager cacheManager() {
      return new ConcurrentMapCacheManager();
    }
  }

  @Test
  void managerThatIsNotOverJCacheIsAnErrorThatSaysWhatIsAllowed() {
    try (var context = new AnnotationConfigApplicationContext(OverMaps.class)) {
      var books = context.getBean(Books.class);
      var refused = assertThrows(CacheException.class, () -> books.title(7));
      for (var part : List.of("title", "'books'", "ConcurrentHashMap", "LarderCacheManager")) {
        assertTrue(refused.getMessage().contains(part), refused::getMessage);
      }
    }
  }

  @Test
  void cacheThatIsNotThereAndMustNotBeMadeIsSpringsError() {
    caches.setCreateMissing(false);
    var books = context(Books.class).getBean(Books.class);
    var refused = assertThrows(IllegalArgumentException.class, () -> books.title(7));
    assertTrue(
        refused.getMessage().startsWith("Cannot find cache named 'books' for @CacheResult on "),
        refused::getMessage);
  }

  static class Finals {
    @CacheResult
    public final String never() {
      return "";
    }
  }

  @Test
  void methodThatCannotBeInterceptedIsRefusedWhenTheBeanIsMade() {
    var refused = assertThrows(BeanCreationException.class, () -> context(Finals.class));
    var message = Objects.requireNonNull(refused.getMostSpecificCause().getMessage());
    assertTrue(message.contains("Finals.never") && message.contains("final"), message);
  }

  static class Reactive {
    @CacheResult
    public Mono<String> later() {
      return Mono.just("");
    }
  }

  @Test
  void reactiveTypeIsRefusedSinceTheValueItBringsIsNotWhatWouldBeKept() {
    var refused = assertThrows(BeanCreationException.class, () -> context(Reactive.class));
    var message = Objects.requireNonNull(refused.getMostSpecificCause().getMessage());
    assertTrue(message.contains("reactor.core.publisher.Mono"), message);
  }

  interface Repository {
    @CacheResult(cacheName = "repository")
    String find(long id);
  }

  static class Repositories {
    final AtomicInteger runs = new AtomicInteger();

    /** As Spring Data makes them: the target does not implement the interface. */
    @org.springframework.context.annotation.Bean
    Repository repository() {
      var factory = new ProxyFactory(new Object());
      factory.addInterface(Repository.class);
      factory.addAdvice(
          (org.aopalliance.intercept.MethodInterceptor)
              call ->
                  call.getMethod().getName().equals("find")
                      ? "found " + runs.incrementAndGet()
                      : call.proceed());
      return (Repository) factory.getProxy();
    }
  }

  @Test
  void annotationsOfAnInterfaceThatAProxyStandsForCount() {
    var repository = context(Repositories.class).getBean(Repository.class);
    assertEquals("found 1", repository.find(7));
    assertEquals("found 1", repository.find(7));
    assertEquals("found 2", repository.find(8));
  }

  @EnableCaching(order = 42)
  @Import({LarderCacheAnnotations.class, Books.class})
  static class Ordering {
    @org.springframework.context.annotation.Bean
    ConcurrentMapCacheManager cacheManager() {
      return new ConcurrentMapCacheManager();
    }
  }

  @Test
  void orderAmongOtherAdviceIsTheOneThatWasAskedFor() {
    try (var context = new AnnotationConfigApplicationContext(Ordering.class)) {
      var advisors = ((Advised) context.getBean(Books.class)).getAdvisors();
      assertEquals(42, assertInstanceOf(Ordered.class, advisors[advisors.length - 1]).getOrder());
    }
  }

  @EnableCaching
  @Import(Books.class)
  static class BySpring {
    @org.springframework.context.annotation.Bean
    ConcurrentMapCacheManager cacheManager() {
      return new ConcurrentMapCacheManager();
    }
  }

  @Test
  void withoutItSpringDoesItAllByItself() {
    try (var context = new AnnotationConfigApplicationContext(BySpring.class)) {
      context.getBean(Books.class).title(7);
      var cache = context.getBean(ConcurrentMapCacheManager.class).getCache("books");
      assertEquals("title 7", Objects.requireNonNull(cache).get(7L, String.class));
    }
    assertNull(contexts.manager().getCache("books"));
  }
}
