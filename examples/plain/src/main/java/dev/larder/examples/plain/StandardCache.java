package dev.larder.examples.plain;

import java.util.concurrent.TimeUnit;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;

/** The standard JCache API: nothing here names Larder, which is found on the class path. */
public final class StandardCache {

  private StandardCache() {}

  public static void main(String[] args) {
    var configuration =
        new MutableConfiguration<String, Integer>()
            .setTypes(String.class, Integer.class)
            .setExpiryPolicyFactory(
                CreatedExpiryPolicy.factoryOf(new Duration(TimeUnit.MINUTES, 10)));
    try (var provider = Caching.getCachingProvider();
        var cache = provider.getCacheManager().createCache("pantry", configuration)) {
      cache.put("flour", 3);
      var left = cache.invoke("flour", (entry, taken) -> take(entry, (int) taken[0]), 2);
      System.out.println("flour left: " + left);
      System.out.println("sugar: " + cache.get("sugar"));
    }
  }

  private static int take(javax.cache.processor.MutableEntry<String, Integer> entry, int taken) {
    var left = entry.getValue() - taken;
    entry.setValue(left);
    return left;
  }
}
