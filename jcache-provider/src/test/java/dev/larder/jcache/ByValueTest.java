package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.Cache;
import javax.cache.configuration.MutableCacheEntryListenerConfiguration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.CacheEntryCreatedListener;
import javax.cache.integration.CacheLoader;
import javax.cache.integration.CacheWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever users do to objects that went into a cache or came out of it, the cache has its own. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
@SuppressWarnings("JavaUtilDate") // a well-known class whose objects change is the point
class ByValueTest {
  private final Provided provided;

  ByValueTest(String topology) {
    provided = new Provided(topology);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  private static MutableConfiguration<Date, Date> dates() {
    return new MutableConfiguration<Date, Date>().setTypes(Date.class, Date.class);
  }

  @Test
  void keysAndValuesMayBeChangedAfterwards() {
    var cache = provided.cache("dates", dates());
    var key = new Date(1);
    var value = new Date(10);
    cache.put(key, value);
    key.setTime(2);
    value.setTime(20);

    assertEquals(new Date(10), cache.get(new Date(1)));
    assertNull(cache.get(new Date(2)));
  }

  @Test
  void everythingThatComesOutIsACopy() {
    var cache = provided.cache("dates", dates());
    cache.put(new Date(1), new Date(10));

    cache.get(new Date(1)).setTime(0);
    cache.getAll(Set.of(new Date(1))).forEach(ByValueTest::spoil);
    cache.iterator().forEachRemaining(entry -> spoil(entry.getKey(), entry.getValue()));
    cache.invoke(
        new Date(1),
        (entry, arguments) -> {
          spoil(entry.getKey(), entry.getValue());
          return null;
        });

    assertEquals(new Date(10), cache.get(new Date(1)));
    assertEquals(new Date(10), cache.getAndPut(new Date(1), new Date(11)));
  }

  private static void spoil(Date key, Date value) {
    key.setTime(-1);
    value.setTime(-1);
  }

  @Test
  void aProcessorMayKeepWhatItSet() {
    var cache = provided.cache("dates", dates());
    var kept = new Date(10);
    cache.invoke(
        new Date(1),
        (entry, arguments) -> {
          entry.setValue(kept);
          return null;
        });
    kept.setTime(-1);

    assertEquals(new Date(10), cache.get(new Date(1)));
  }

  @Test
  void loadersWritersAndListenersGetCopies() {
    var loader =
        new CacheLoader<Date, Date>() {
          @Override
          public Date load(Date key) {
            var value = new Date(key.getTime() * 10);
            key.setTime(-1);
            return value;
          }

          @Override
          public Map<Date, Date> loadAll(Iterable<? extends Date> keys) {
            var loaded = new HashMap<Date, Date>();
            keys.forEach(key -> loaded.put(key, new Date(key.getTime() * 10)));
            return loaded;
          }
        };
    var writer = new SpoilingWriter();
    CacheEntryCreatedListener<Date, Date> listener =
        events -> events.forEach(event -> spoil(event.getKey(), event.getValue()));
    var cache =
        provided.cache(
            "dates",
            dates()
                .setReadThrough(true)
                .setWriteThrough(true)
                .setCacheLoaderFactory(() -> loader)
                .setCacheWriterFactory(() -> writer)
                .addCacheEntryListenerConfiguration(
                    new MutableCacheEntryListenerConfiguration<>(
                        () -> listener, null, false, true)));

    cache.put(new Date(1), new Date(11));
    cache.putAll(Map.of(new Date(2), new Date(12)));

    assertEquals(new Date(11), cache.get(new Date(1)));
    assertEquals(new Date(12), cache.get(new Date(2)));
    assertEquals(new Date(30), cache.get(new Date(3)));
    assertEquals(new Date(30), cache.get(new Date(3)));
    assertEquals(List.of(11L, 12L), writer.times);
  }

  private static final class SpoilingWriter implements CacheWriter<Date, Date> {
    private final List<Long> times = new ArrayList<>();

    @Override
    public void write(Cache.Entry<? extends Date, ? extends Date> entry) {
      times.add(entry.getValue().getTime());
      spoil(entry.getKey(), entry.getValue());
    }

    @Override
    public void writeAll(Collection<Cache.Entry<? extends Date, ? extends Date>> entries) {
      entries.forEach(this::write);
    }

    @Override
    public void delete(Object key) {}

    @Override
    public void deleteAll(Collection<?> keys) {}
  }
}
