package dev.larder.spring;

import dev.larder.annotations.CacheMethods;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.DefaultPointcutAdvisor;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.BeanFactoryAware;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.cache.config.CacheManagementConfigUtils;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * Has the annotations of JSR-107 done by the core that Larder has in every container, in place of
 * Spring's own support: callers of one key compute once, on topology {@code remote} in all
 * processes; {@code Optional} and {@code CompletionStage}; methods that share a cache have keys of
 * their own; what can never work is refused when a bean is made. Spring's {@code @Cacheable} and
 * its family are left as they are.
 *
 * <p>For a configuration: {@code @EnableCaching @Import(LarderCacheAnnotations.class)}; the
 * starters have it. Caches come from Spring's cache manager, which has to be a {@link
 * LarderCacheManager} or another one over JCache, keys from its {@code KeyGenerator}, and null
 * values are kept where that manager allows them: so {@code @CacheEvict} and {@code @CacheResult}
 * may share entries. A {@code CacheErrorHandler} is not asked, and {@code setTransactionAware} does
 * not delay changes. Without {@code @EnableCaching}, and with its mode {@code ASPECTJ}, this does
 * nothing. Safe for all threads.
 */
public final class LarderCacheAnnotations
    implements BeanPostProcessor, BeanFactoryAware, PriorityOrdered {
  private @Nullable BeanFactory beans;

  /** For Spring. */
  public LarderCacheAnnotations() {}

  @Override
  public void setBeanFactory(BeanFactory factory) {
    beans = factory;
  }

  /** Before the creator of proxies, which takes the advisor that it finds. */
  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }

  @Override
  public Object postProcessAfterInitialization(Object bean, String name) {
    if (beans == null
        || !name.equals(CacheManagementConfigUtils.JCACHE_ADVISOR_BEAN_NAME)
        || !(bean instanceof Ordered springs)) {
      return bean;
    }
    var methods = CacheMethods.with(new SpringConventions(beans), new SpringBeans(beans));
    var advisor =
        new DefaultPointcutAdvisor(
            new AnnotatedMethods(methods), new AnnotatedMethodInterceptor(methods));
    advisor.setOrder(springs.getOrder());
    return advisor;
  }
}
