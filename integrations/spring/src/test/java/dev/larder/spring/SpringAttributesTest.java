package dev.larder.spring;

import dev.larder.annotations.AttributesContract;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;

/** What each attribute does, in Spring. */
class SpringAttributesTest extends AttributesContract {
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
