package dev.larder.spring;

import dev.larder.annotations.FamiliesContract;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;

/** Methods that share a cache, in Spring. */
class SpringFamiliesTest extends FamiliesContract {
  private final AnnotatedContext context = new AnnotatedContext();

  @Override
  protected <T> T managed(Class<? extends T> type, Class<T> as) {
    return context.managed(type, as);
  }

  @Override
  protected CacheManager manager() {
    return context.manager();
  }

  /** That of Spring, which other annotations of its may mean too. */
  @Override
  protected String unnamed(String parameter) {
    return parameter;
  }

  @Override
  @AfterEach
  protected void end() {
    super.end();
    context.close();
  }
}
