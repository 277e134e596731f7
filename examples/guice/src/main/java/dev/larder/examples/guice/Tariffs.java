package dev.larder.examples.guice;

import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** What parcels cost. Its calls are cached; nothing here knows of a cache but the annotations. */
@Singleton
@CacheDefaults(cacheName = "tariffs")
class Tariffs {
  private final AtomicInteger computed = new AtomicInteger();

  /** In cents. Stands for what is too slow to be done twice. */
  @CacheResult
  public int price(String country, int grams) {
    computed.incrementAndGet();
    return 300 + grams / 2 + Math.floorMod(country.hashCode(), 100);
  }

  /** The price is another from now on. */
  @CacheRemove
  public void changed(String country, int grams) {}

  /** How often a price was computed. */
  public int computed() {
    return computed.get();
  }
}
