package dev.larder.spring.boot;

import dev.larder.spring.LarderCacheAnnotations;
import dev.larder.spring.LarderCacheManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;

/**
 * The annotations of JSR-107 by {@link LarderCacheAnnotations}, unless {@code
 * larder.spring.standard-annotations} is false. They are left to Spring where the application has a
 * cache manager of another type, whose caches they may mean.
 */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnProperty(name = "larder.spring.standard-annotations", matchIfMissing = true)
@ConditionalOnBean(LarderCacheManager.class)
@ConditionalOnMissingBean(value = CacheManager.class, ignored = LarderCacheManager.class)
public final class LarderAnnotationsAutoConfiguration {

  /** For Spring. */
  public LarderAnnotationsAutoConfiguration() {}

  /** Static, since it is made before other beans. */
  @Bean
  @ConditionalOnMissingBean
  public static LarderCacheAnnotations larderCacheAnnotations() {
    return new LarderCacheAnnotations();
  }
}
