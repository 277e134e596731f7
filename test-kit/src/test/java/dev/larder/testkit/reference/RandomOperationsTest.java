package dev.larder.testkit.reference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.contract.CacheFixture;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RandomOperationsTest implements ComparisonContract {

  @Override
  public CacheFixture newFixture() {
    return new ReferenceFixture();
  }

  @Test
  void differenceIsFoundAndShrunkToWhatShowsIt() {
    var spec = CacheSpec.of("broken", String.class, String.class).build();
    var comparison = new RandomOperations(spec, Forgetful::new);
    var report = assertThrows(AssertionError.class, () -> comparison.compare(1, 500)).getMessage();
    assertTrue(report.contains("seed 1"), report);
    assertTrue(report.contains("REMOVE k2"), report);
    assertTrue(report.contains("  1. "), report);
    assertTrue(!report.contains("  3. "), "an entry and its removal show it: " + report);
  }

  @Test
  void sameSeedGivesTheSameReport() {
    var spec = CacheSpec.of("broken", String.class, String.class).build();
    var comparison = new RandomOperations(spec, Forgetful::new);
    var first = assertThrows(AssertionError.class, () -> comparison.compare(2, 500));
    var second = assertThrows(AssertionError.class, () -> comparison.compare(2, 500));
    assertEquals(first.getMessage(), second.getMessage());
  }

  /** A fixture whose caches do not remove one key. */
  private static final class Forgetful implements CacheFixture {
    private final ReferenceFixture fixture = new ReferenceFixture();

    @Override
    @SuppressWarnings("unchecked")
    public <K, V> Cache<K, V> open(CacheSpec<K, V> spec) {
      var cache = fixture.open(spec);
      return (Cache<K, V>)
          Proxy.newProxyInstance(
              Cache.class.getClassLoader(),
              new Class<?>[] {Cache.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("remove") && arguments[0].equals("k2")) {
                  return false;
                }
                try {
                  return method.invoke(cache, arguments);
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }

    @Override
    public VirtualClock clock() {
      return fixture.clock();
    }

    @Override
    public void advance(Duration step) {
      fixture.advance(step);
    }

    @Override
    public void close() {}
  }
}
