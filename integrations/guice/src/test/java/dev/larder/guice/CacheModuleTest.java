package dev.larder.guice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.lang.annotation.Annotation;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.cache2k.jcache.provider.JCacheProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CacheModuleTest {
  private CacheManager manager;

  @BeforeEach
  void openManagerOfItsOwn() {
    var provider = Caching.getCachingProvider();
    manager = provider.getCacheManager(URI.create("larder:guice"), null);
  }

  @AfterEach
  void close() {
    manager.close();
    Caching.getCachingProvider().getCacheManager().close();
  }

  private Module managed() {
    return new AbstractModule() {
      @Override
      protected void configure() {
        install(new CacheModule());
        bind(CacheManager.class).toInstance(manager);
      }
    };
  }

  @Test
  void secondCallOfAMethodIsServedFromTheCacheOfTheBoundManager() {
    var recipes = Guice.createInjector(managed()).getInstance(Recipes.class);
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals("stew 2", recipes.cook("stew"));
    recipes.forget("soup");
    assertEquals("soup 3", recipes.cook("soup"));
    assertNotNull(manager.getCache("recipes"));
  }

  @Test
  void cachesAreOfTheDefaultManagerWhereNoneIsBound() {
    var recipes = Guice.createInjector(new CacheModule()).getInstance(Recipes.class);
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals("soup 1", recipes.cook("soup"));
    assertNotNull(Caching.getCachingProvider().getCacheManager().getCache("recipes"));
    assertNull(manager.getCache("recipes"));
  }

  @Test
  void objectsOfOneClassShareTheCache() {
    var injector = Guice.createInjector(managed());
    assertEquals("soup 1", injector.getInstance(Recipes.class).cook("soup"));
    assertEquals("soup 1", injector.getInstance(Recipes.class).cook("soup"));
  }

  @Test
  void objectThatCallsItsOwnMethodIsIntercepted() {
    var recipes = Guice.createInjector(managed()).getInstance(Recipes.class);
    assertEquals("soup 1, soup 1", recipes.cookTwice("soup"));
  }

  @Test
  void moduleInstalledTwiceWorksAsOnce() {
    var recipes = Guice.createInjector(managed(), new CacheModule()).getInstance(Recipes.class);
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals(1, recipes.cooked.get());
  }

  @Test
  void privateModuleUsesTheManagerThatIsBoundInIt() {
    var inner =
        new PrivateModule() {
          @Override
          protected void configure() {
            install(managed());
            bind(Recipes.class).in(Singleton.class);
            expose(Recipes.class);
          }
        };
    var recipes = Guice.createInjector(inner).getInstance(Recipes.class);
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals("soup 1", recipes.cook("soup"));
    assertNotNull(manager.getCache("recipes"));
  }

  @Test
  void childInjectorUsesTheManagerOfItsParent() {
    var parent = Guice.createInjector(managed());
    var child =
        parent.createChildInjector(
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Recipes.class);
              }
            });
    var recipes = child.getInstance(Recipes.class);
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals("soup 1", recipes.cook("soup"));
    assertNotNull(manager.getCache("recipes"));
  }

  @Test
  void managerIsMadeOnlyWhenACacheIsNeeded() {
    var made = new AtomicInteger();
    var module =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(CacheManager.class).toProvider(this::made);
          }

          private CacheManager made() {
            made.incrementAndGet();
            return manager;
          }
        };
    var recipes = Guice.createInjector(new CacheModule(), module).getInstance(Recipes.class);
    assertEquals(0, made.get());
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals("soup 1", recipes.cook("soup"));
    assertEquals(1, recipes.cooked.get());
  }

  static class OneArgument implements Function<String, String> {
    final AtomicInteger calls = new AtomicInteger();

    @Override
    @CacheResult(cacheName = "functions")
    public String apply(String name) {
      return name + calls.incrementAndGet();
    }
  }

  @Test
  void methodOfAGenericInterfaceIsInterceptedOnce() {
    var function = Guice.createInjector(managed()).getInstance(OneArgument.class);
    Function<String, String> seen = function;
    assertEquals("a1", seen.apply("a"));
    assertEquals("a1", function.apply("a"));
    var entries = 0;
    for (var entry : manager.getCache("functions")) {
      assertNotNull(entry.getKey());
      entries++;
    }
    assertEquals(1, entries);
  }

  interface Stock {
    @CacheResult(cacheName = "stock")
    String level(String article);
  }

  static class CountedStock implements Stock {
    private int counts;

    @Override
    public String level(String article) {
      return article + ++counts;
    }
  }

  @Test
  void annotationOfAnInterfaceHoldsForItsClass() {
    var stock = Guice.createInjector(managed()).getInstance(CountedStock.class);
    assertEquals("flour1", stock.level("flour"));
    assertEquals("flour1", stock.level("flour"));
    assertEquals("salt2", stock.level("salt"));
  }

  @CacheDefaults(cacheName = "special")
  static class SpecialRecipes extends Recipes {}

  @Test
  void subclassTakesTheDefaultsOfItsOwnClass() {
    var injector = Guice.createInjector(managed());
    assertEquals("soup 1", injector.getInstance(SpecialRecipes.class).cook("soup"));
    assertNotNull(manager.getCache("special"));
    assertNull(manager.getCache("recipes"));
  }

  /** Injected into generators and factories. */
  @Singleton
  static class Uses {
    final AtomicInteger keys = new AtomicInteger();
    final AtomicInteger factories = new AtomicInteger();
  }

  record UpperKey(String name) implements GeneratedCacheKey {
    private static final long serialVersionUID = 1;
  }

  static class UpperKeys implements CacheKeyGenerator {
    private final Uses uses;

    @Inject
    UpperKeys(Uses uses) {
      this.uses = uses;
    }

    @Override
    public GeneratedCacheKey generateCacheKey(
        CacheKeyInvocationContext<? extends Annotation> context) {
      uses.keys.incrementAndGet();
      var values = Arrays.stream(context.getKeyParameters()).map(p -> p.getValue()).toArray();
      return new UpperKey(Arrays.toString(values).toUpperCase(java.util.Locale.ROOT));
    }
  }

  static class InjectedFactory implements CacheResolverFactory {
    private final CacheManager manager;

    @Inject
    InjectedFactory(CacheManager manager, Uses uses) {
      this.manager = manager;
      uses.factories.incrementAndGet();
    }

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
      var name = "chosen-" + details.getCacheName();
      var cache = manager.createCache(name, new javax.cache.configuration.MutableConfiguration<>());
      return new CacheResolver() {
        @Override
        @SuppressWarnings("unchecked")
        public <K, V> javax.cache.Cache<K, V> resolveCache(
            javax.cache.annotation.CacheInvocationContext<? extends Annotation> context) {
          return (javax.cache.Cache<K, V>) (javax.cache.Cache<?, ?>) cache;
        }
      };
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
      throw new AssertionError("no exception cache is named");
    }
  }

  static class Chosen {
    int calls;

    @CacheResult(
        cacheName = "dishes",
        cacheKeyGenerator = UpperKeys.class,
        cacheResolverFactory = InjectedFactory.class)
    public String dish(String name) {
      return name + ++calls;
    }
  }

  @Test
  void keyGeneratorAndResolverFactoryAreMadeByTheInjectorOncePerMethod() {
    var injector = Guice.createInjector(managed());
    var chosen = injector.getInstance(Chosen.class);
    assertEquals("soup1", chosen.dish("soup"));
    assertEquals("soup1", chosen.dish("SOUP"));
    var uses = injector.getInstance(Uses.class);
    assertEquals(2, uses.keys.get());
    assertEquals(1, uses.factories.get());
    assertEquals("soup1", manager.getCache("chosen-dishes").get(new UpperKey("[SOUP]")));
  }

  @Test
  void anotherProviderServesAsWell() {
    try (var other = new JCacheProvider()) {
      var caches = other.getCacheManager();
      var module =
          new AbstractModule() {
            @Override
            protected void configure() {
              bind(CacheManager.class).toInstance(caches);
            }
          };
      var recipes = Guice.createInjector(new CacheModule(), module).getInstance(Recipes.class);
      assertEquals("soup 1", recipes.cook("soup"));
      assertEquals("soup 1", recipes.cook("soup"));
      recipes.forget("soup");
      assertEquals("soup 2", recipes.cook("soup"));
      assertSame(caches, caches.getCache("recipes").getCacheManager());
    }
  }
}
