package dev.larder.spring;

import dev.larder.annotations.ReturnTypesContract;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;

/** What methods may return, in Spring. */
class SpringReturnTypesTest extends ReturnTypesContract {
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
