package dev.larder.spring.starter;

import java.io.Serializable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application with the starter. */
class Shop {
  static final AtomicInteger RUNS = new AtomicInteger();

  record Price(String article, int run) implements Serializable {}

  @Configuration(proxyBeanMethods = false)
  @EnableAutoConfiguration
  @EnableCaching
  static class App {
    @Bean
    Shop shop() {
      return new Shop();
    }
  }

  /** What the methods below make; a test may set something else. */
  static volatile Function<String, Price> making = Shop::numbered;

  static Price numbered(String article) {
    return new Price(article, RUNS.incrementAndGet());
  }

  @Cacheable(value = "prices", sync = true)
  public Price only(String article) {
    return making.apply(article);
  }

  @CacheResult(cacheName = "offers")
  public Price offer(String article) {
    return making.apply(article);
  }

  @Cacheable("prices")
  public Price price(String article) {
    return new Price(article, RUNS.incrementAndGet());
  }

  @Cacheable(value = "prices", sync = true)
  public @Nullable Price none(String article) {
    RUNS.incrementAndGet();
    return null;
  }

  static ConfigurableApplicationContext start(String... properties) {
    return start(App.class, properties);
  }

  /** With more beans than those of the application. */
  static ConfigurableApplicationContext start(Class<?> more, String... properties) {
    return new SpringApplicationBuilder(App.class, more)
        .web(WebApplicationType.NONE)
        .logStartupInfo(false)
        .properties("spring.main.banner-mode=off", "logging.level.root=warn")
        .properties(properties)
        .run();
  }
}
