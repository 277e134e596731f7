package dev.larder.cdi;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;

/** A bean as users have it. */
@ApplicationScoped
@CacheDefaults(cacheName = "recipes")
class Recipes {
  private final AtomicInteger cooked = new AtomicInteger();

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
