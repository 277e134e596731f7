package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.util.Arrays;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whose annotations hold for a method. */
class HierarchyTest {
  private final CacheMethods methods = CacheMethods.of(Providers::larder, Beans.constructed());
  private final ReflectiveContainer container = new ReflectiveContainer(Providers::larder);

  @AfterEach
  void destroyCaches() {
    var manager = Providers.larder();
    manager.getCacheNames().forEach(manager::destroyCache);
  }

  @CacheDefaults(cacheName = "ofInterface")
  interface Finding<K> {
    @CacheResult
    String find(K id);

    default String other(K id) {
      return "other " + id;
    }
  }

  static class Implementing implements Finding<Long> {
    private int runs;

    @Override
    public String find(Long id) {
      runs++;
      return id + " run " + runs;
    }
  }

  static class Deciding implements Finding<Long> {
    private int runs;

    @CacheResult(cacheName = "ofClass")
    @Override
    public String find(Long id) {
      runs++;
      return id + " run " + runs;
    }
  }

  @CacheDefaults(cacheName = "ofSuperclass")
  static class Base {
    @CacheResult
    public String kept(String id) {
      return id;
    }

    @CacheResult
    public String overridden(String id) {
      return id;
    }

    @CacheResult
    public String changed(String id) {
      return id;
    }
  }

  static class Below extends Base {
    @Override
    public String overridden(String id) {
      return "anew " + id;
    }

    @CacheRemove
    @Override
    public String changed(String id) {
      return id;
    }
  }

  /** As containers name what they generate. */
  static class Below$$Proxy extends Below {
    @Override
    public String kept(String id) {
      return super.kept(id);
    }
  }

  private static Method method(Class<?> type, String name) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(each -> each.getName().equals(name) && !each.isBridge())
        .findFirst()
        .orElseThrow();
  }

  private static Method bridge(Class<?> type, String name) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(each -> each.getName().equals(name) && each.isBridge())
        .findFirst()
        .orElseThrow();
  }

  @Test
  @SuppressWarnings("unchecked")
  void annotationOfAnInterfaceHoldsForAClassThatSaysNothing() {
    Finding<Long> finding = container.managed(Implementing.class, Finding.class);
    assertEquals("1 run 1", finding.find(1L));
    assertEquals("1 run 1", finding.find(1L));
    assertNotNull(Providers.larder().getCache("ofInterface"));
    assertEquals("other 1", finding.other(1L));
  }

  @Test
  @SuppressWarnings("unchecked")
  void annotationOfTheClassGoesBeforeThatOfItsInterface() {
    Finding<Long> finding = container.managed(Deciding.class, Finding.class);
    assertEquals("1 run 1", finding.find(1L));
    assertEquals("1 run 1", finding.find(1L));
    assertNotNull(Providers.larder().getCache("ofClass"));
    assertNull(Providers.larder().getCache("ofInterface"));
  }

  @Test
  void bridgeAndWhatItCallsAreOneMethod() {
    for (var type : new Class<?>[] {Implementing.class, Deciding.class}) {
      var found = methods.find(type, method(type, "find"));
      assertNotNull(found);
      assertSame(found, methods.find(type, bridge(type, "find")));
      assertSame(found, methods.find(type, method(Finding.class, "find")));
    }
  }

  @Test
  void inheritedMethodKeepsItsAnnotationAndTheDefaultsOfTheSuperclass() {
    assertNotNull(methods.find(Below.class, method(Base.class, "kept")));
  }

  @Test
  void whoOverridesWithoutAnAnnotationDoesWithout() {
    assertNull(methods.find(Below.class, method(Base.class, "overridden")));
    assertNull(methods.find(Below.class, method(Below.class, "overridden")));
    assertNotNull(methods.find(Base.class, method(Base.class, "overridden")));
  }

  @Test
  void whoOverridesWithAnotherAnnotationHasThat() {
    assertTrue(methods.find(Below.class, method(Base.class, "changed")) instanceof RemoveMethod);
    assertTrue(methods.find(Base.class, method(Base.class, "changed")) instanceof ResultMethod);
  }

  @Test
  void classThatAContainerGeneratedIsTakenForTheOneItStandsFor() {
    var kept = methods.find(Below$$Proxy.class, method(Below$$Proxy.class, "kept"));
    assertSame(methods.find(Below.class, method(Base.class, "kept")), kept);
    assertNotNull(kept);
  }

  @Test
  void concernsAsksTheMethodItself() {
    assertTrue(CacheMethods.concerns(method(Base.class, "kept")));
    assertFalse(CacheMethods.concerns(method(Implementing.class, "find")));
  }
}
