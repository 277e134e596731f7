package dev.larder.examples.cdi;

import jakarta.enterprise.inject.se.SeContainerInitializer;
import javax.cache.Caching;

/** Asks for prices, and shows which of them were computed. */
public final class Shipping {

  private Shipping() {}

  public static void main(String[] args) {
    try (var container = SeContainerInitializer.newInstance().initialize()) {
      show(container.select(Tariffs.class).get());
    } finally {
      Caching.getCachingProvider().close();
    }
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
