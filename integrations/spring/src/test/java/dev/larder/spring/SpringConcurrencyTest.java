package dev.larder.spring;

import dev.larder.annotations.ConcurrencyContract;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;

/** Callers of one key compute once, in Spring. */
class SpringConcurrencyTest extends ConcurrencyContract {
  private final AnnotatedContext context = new AnnotatedContext();

  @Override
  protected <T> T managed(Class<? extends T> type, Class<T> as) {
    return context.managed(type, as);
  }

  @Override
  protected CacheManager manager() {
    return context.manager();
  }

  @Override
  @AfterEach
  protected void end() {
    super.end();
    context.close();
  }
}
