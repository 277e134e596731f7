package dev.larder.guice;

import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** A class as users have it. */
@CacheDefaults(cacheName = "recipes")
class Recipes {
  final AtomicInteger cooked = new AtomicInteger();

  @CacheResult
  public String cook(String name) {
    return name + " " + cooked.incrementAndGet();
  }

  @CacheRemove
  public void forget(String name) {}

  /** Calls its own annotated method. */
  public String cookTwice(String name) {
    return cook(name) + ", " + cook(name);
  }
}
