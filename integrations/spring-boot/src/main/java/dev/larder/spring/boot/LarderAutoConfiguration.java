package dev.larder.spring.boot;

import dev.larder.jcache.LarderCachingProvider;
import dev.larder.spring.LarderCacheManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;

/**
 * Makes the JCache manager of an application, which closes with it, and Spring's cache manager over
 * it. Stands back where the application has such beans, and where {@code spring.cache.type} asks
 * for something else than {@code jcache}.
 *
 * <p>The JCache manager is this context's own: contexts of one process, as tests have them, do not
 * close each other's caches. It reads {@code larder.config} (else {@code
 * spring.cache.jcache.config}, else the usual places), and {@code larder.*} properties are
 * overrides of that file.
 */
@AutoConfiguration(
    beforeName = {
      "org.springframework.boot.autoconfigure.cache.CacheAutoConfiguration",
      "org.springframework.boot.cache.autoconfigure.CacheAutoConfiguration"
    })
@Conditional(WantsLarder.class)
@EnableConfigurationProperties(LarderSettings.class)
public final class LarderAutoConfiguration {
  static final String FILE = "larder.config";
  private static final List<String> FILES = List.of(FILE, "spring.cache.jcache.config");
  private static final String NAMES = "spring.cache.cache-names";

  /** For Spring. */
  public LarderAutoConfiguration() {}

  /** The JCache manager. */
  @Bean(destroyMethod = "close")
  @ConditionalOnMissingBean
  public CacheManager larderJCacheManager(ConfigurableApplicationContext context) {
    var provider = new LarderCachingProvider();
    var loader = context.getClassLoader();
    return provider.getCacheManager(
        file(context),
        loader == null ? ClassUtils.getDefaultClassLoader() : loader,
        KeyPaths.of(context.getEnvironment()));
  }

  /** Where the configuration is; null for the usual places. */
  private static @Nullable URI file(ConfigurableApplicationContext context) {
    for (var key : FILES) {
      var named = context.getEnvironment().getProperty(key);
      if (named != null && !named.isBlank()) {
        return located(context, key, named.strip());
      }
    }
    return null;
  }

  private static URI located(ConfigurableApplicationContext context, String key, String named) {
    // A plain path is a file, as everywhere in Larder, and not a resource of the class path.
    var resource = context.getResource(named.contains(":") ? named : "file:" + named);
    if (!resource.exists()) {
      throw new IllegalArgumentException(
          key + ": there is no '" + named + "'; allowed: a path, a file: or classpath: location");
    }
    try {
      return resource.getURI();
    } catch (IOException e) {
      throw new UncheckedIOException(key + ": cannot locate '" + named + "'", e);
    }
  }

  /** Spring's manager, under the name that Spring Boot uses. */
  @Bean
  @ConditionalOnMissingBean(org.springframework.cache.CacheManager.class)
  public LarderCacheManager cacheManager(
      CacheManager manager, LarderSettings settings, ConfigurableApplicationContext context) {
    var caches = new LarderCacheManager(manager);
    caches.setAllowNullValues(settings.cacheNullValues());
    caches.setCreateMissing(settings.createMissing());
    caches.setConfiguration(
        name -> new MutableConfiguration<>().setStatisticsEnabled(settings.statistics()));
    var allowed = settings.serialAllow();
    caches.setSerialAllow(allowed == null ? ofTheApplication(context) : allowed);
    caches.setCacheNames(names(context.getEnvironment()));
    return caches;
  }

  /** The packages in which the application looks for its own classes, and those below. */
  private static List<String> ofTheApplication(ConfigurableApplicationContext context) {
    return AutoConfigurationPackages.has(context)
        ? AutoConfigurationPackages.get(context).stream()
            .filter(name -> !name.isEmpty())
            .map(name -> name + ".*")
            .toList()
        : List.of();
  }

  private static List<String> names(Environment environment) {
    return Binder.get(environment).bind(NAMES, Bindable.listOf(String.class)).orElse(List.of());
  }
}
