package dev.larder.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.context.SessionScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.InterceptionFactory;
import java.io.Serializable;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheResult;
import javax.cache.spi.CachingProvider;
import org.cache2k.jcache.provider.JCacheProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CacheExtensionTest {

  @AfterEach
  void closeManagers() {
    Containers.manager().close();
    Containers.defaultManager().close();
  }

  @ApplicationScoped
  static class OwnManager {
    @Produces
    @ApplicationScoped
    CacheManager manager() {
      return Containers.manager();
    }
  }

  @Test
  void containerIsTheOneThatThisRunIsAbout() {
    var part = Containers.isWeld() ? "org.jboss.weld" : "org.apache.webbeans";
    try (var container = Containers.start(Recipes.class)) {
      var found = container.getBeanManager().getClass().getName();
      assertTrue(found.startsWith(part), found);
    }
  }

  @Test
  void secondCallIsServedFromTheCacheOfTheManagerBean() {
    try (var container = Containers.start(Recipes.class, OwnManager.class)) {
      var recipes = container.select(Recipes.class).get();
      assertEquals("soup 1", recipes.cook("soup"));
      assertEquals("soup 1", recipes.cook("soup"));
      assertEquals("stew 2", recipes.cook("stew"));
      recipes.forget("soup");
      assertEquals("soup 3", recipes.cook("soup"));
      assertNotNull(Containers.manager().getCache("recipes"));
      assertNull(Containers.defaultManager().getCache("recipes"));
    }
  }

  @Test
  void cachesAreOfTheDefaultManagerWhereNoBeanIsOne() {
    try (var container = Containers.start(Recipes.class)) {
      var recipes = container.select(Recipes.class).get();
      assertEquals("soup 1", recipes.cook("soup"));
      assertEquals("soup 1", recipes.cook("soup"));
      assertNotNull(Containers.defaultManager().getCache("recipes"));
    }
    assertFalse(Containers.defaultManager().isClosed(), "the manager is not the extension's");
  }

  @Test
  void objectThatCallsItsOwnMethodIsNotIntercepted() {
    try (var container = Containers.start(Recipes.class)) {
      assertEquals("soup 1, soup 2", container.select(Recipes.class).get().cookTwice("soup"));
    }
  }

  @Dependent
  static class DependentManager {
    static final AtomicInteger OPEN = new AtomicInteger();

    @Produces
    @Dependent
    CacheManager manager() {
      OPEN.incrementAndGet();
      return Containers.manager();
    }

    void close(@Disposes CacheManager manager) {
      OPEN.decrementAndGet();
      manager.close();
    }
  }

  @Test
  void dependentManagerLivesAsLongAsTheContainer() {
    CacheManager manager;
    try (var container = Containers.start(Recipes.class, DependentManager.class)) {
      var recipes = container.select(Recipes.class).get();
      assertEquals("soup 1", recipes.cook("soup"));
      assertEquals("stew 2", recipes.cook("stew"));
      manager = Containers.manager();
      assertTrue(DependentManager.OPEN.get() > 0);
    }
    assertEquals(0, DependentManager.OPEN.get());
    assertTrue(manager.isClosed());
  }

  @Dependent
  static class Greeter implements Function<String, String> {
    private static final AtomicInteger CALLS = new AtomicInteger();

    @Override
    @CacheResult(cacheName = "functions")
    public String apply(String name) {
      return name + CALLS.incrementAndGet();
    }
  }

  @Test
  void methodOfAGenericInterfaceIsInterceptedOnce() {
    Greeter.CALLS.set(0);
    try (var container = Containers.start(Greeter.class)) {
      var greeter = container.select(Greeter.class).get();
      Function<String, String> seen = greeter;
      assertEquals("a1", seen.apply("a"));
      assertEquals("a1", greeter.apply("a"));
      var entries = 0;
      for (var entry : Containers.defaultManager().getCache("functions")) {
        assertNotNull(entry.getKey());
        entries++;
      }
      assertEquals(1, entries);
    }
  }

  @ApplicationScoped
  @CacheDefaults(cacheName = "special")
  static class SpecialRecipes extends Recipes {}

  @Test
  void subclassTakesTheDefaultsOfItsOwnClass() {
    try (var container = Containers.start(SpecialRecipes.class)) {
      assertEquals("soup 1", container.select(SpecialRecipes.class).get().cook("soup"));
      assertNotNull(Containers.defaultManager().getCache("special"));
      assertNull(Containers.defaultManager().getCache("recipes"));
    }
  }

  interface Stock {
    @CacheResult(cacheName = "stock")
    String level(String article);
  }

  @Dependent
  static class CountedStock implements Stock {
    private int counts;

    @Override
    public String level(String article) {
      return article + ++counts;
    }
  }

  @Test
  void annotationOfAnInterfaceHoldsForItsClass() {
    try (var container = Containers.start(CountedStock.class)) {
      var stock = container.select(Stock.class).get();
      assertEquals("flour1", stock.level("flour"));
      assertEquals("flour1", stock.level("flour"));
      assertEquals("salt2", stock.level("salt"));
    }
  }

  /** Its interceptors have to be able to lie in the session with it, or it is not deployed. */
  @SessionScoped
  static class Basket implements Serializable {
    private static final long serialVersionUID = 1;

    @CacheResult(cacheName = "baskets")
    public String name(String user) {
      return user;
    }
  }

  @Test
  void beanOfTheSessionIsDeployed() {
    try (var container = Containers.start(Basket.class)) {
      assertTrue(container.select(Basket.class).isResolvable());
    }
  }

  static class Plain {
    private int calls;

    @CacheResult(cacheName = "plain")
    public String upper(String name) {
      return name.toUpperCase(Locale.ROOT) + ++calls;
    }
  }

  @Dependent
  static class PlainMaker {
    @Produces
    @Dependent
    Plain plain(InterceptionFactory<Plain> factory) {
      return factory.createInterceptedInstance(new Plain());
    }
  }

  @Test
  void objectOfAProducerIsInterceptedByInterceptionFactory() {
    try (var container = Containers.start(PlainMaker.class)) {
      var plain = container.select(Plain.class).get();
      assertEquals("A1", plain.upper("a"));
      assertEquals("A1", plain.upper("a"));
    }
  }

  @ApplicationScoped
  static class OtherManager {
    /** Made here: asked for by name, it would be one of two default ones from then on. */
    static final CachingProvider PROVIDER = new JCacheProvider();

    @Produces
    @ApplicationScoped
    CacheManager manager() {
      return PROVIDER.getCacheManager();
    }
  }

  @Test
  void anotherProviderServesAsWell() {
    try (var container = Containers.start(Recipes.class, OtherManager.class);
        var other = OtherManager.PROVIDER.getCacheManager()) {
      var recipes = container.select(Recipes.class).get();
      assertEquals("soup 1", recipes.cook("soup"));
      assertEquals("soup 1", recipes.cook("soup"));
      recipes.forget("soup");
      assertEquals("soup 2", recipes.cook("soup"));
      assertSame(other, other.getCache("recipes").getCacheManager());
    }
  }
}
