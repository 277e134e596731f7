package dev.larder.examples.boot;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.stream.IntStream;
import javax.cache.CacheManager;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.Bean;

/** Asks for four quotes a hundred times each, from several threads at once. */
@SpringBootApplication(proxyBeanMethods = false)
@EnableCaching
class Quotes {
  private static final List<String> SHARES = List.of("bakery", "dairy", "mill", "nobody");

  public static void main(String[] args) {
    SpringApplication.run(Quotes.class, args).close();
  }

  @Bean
  CommandLineRunner asking(Exchange exchange, CacheManager caches, MeterRegistry meters) {
    return arguments -> {
      IntStream.range(0, 400)
          .parallel()
          .forEach(number -> exchange.quote(SHARES.get(number % SHARES.size())));
      System.out.println("bakery: " + exchange.quote("bakery"));
      System.out.println("nobody: " + exchange.quote("nobody"));
      System.out.println("asked the exchange " + exchange.asked() + " times");
      System.out.println(hits(meters) + " answers came from the cache");
      System.out.println("caches: " + caches.getCacheNames());
    };
  }

  private static long hits(MeterRegistry meters) {
    return (long)
        meters.get("cache.gets").tags("name", "quotes", "result", "hit").functionCounter().count();
  }
}
