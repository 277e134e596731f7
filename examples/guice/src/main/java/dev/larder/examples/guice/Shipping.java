package dev.larder.examples.guice;

import com.google.inject.Guice;
import dev.larder.guice.CacheModule;
import javax.cache.Caching;

/** Asks for prices, and shows which of them were computed. */
public final class Shipping {

  private Shipping() {}

  public static void main(String[] args) {
    var tariffs = Guice.createInjector(new CacheModule()).getInstance(Tariffs.class);
    show(tariffs);
    Caching.getCachingProvider().close();
  }

  private static void show(Tariffs tariffs) {
    for (var country : new String[] {"FR", "IT", "FR"}) {
      System.out.println(country + ", 500 g: " + tariffs.price(country, 500) + " cents");
    }
    System.out.println("computed: " + tariffs.computed());
    tariffs.changed("FR", 500);
    System.out.println("FR, 500 g: " + tariffs.price("FR", 500) + " cents");
    System.out.println("computed: " + tariffs.computed());
  }
}
