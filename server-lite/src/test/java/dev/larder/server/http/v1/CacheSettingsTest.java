package dev.larder.server.http.v1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheSettingsTest {
  @Test
  void whatHoldsWhenCreatedGivesWayToTheServersOwnConfiguration() {
    Map<String, Object> whenCreated =
        Map.of(
            "maximumEntries",
            7L,
            "timeToLive",
            Duration.ofSeconds(7),
            "cleanupInterval",
            Duration.ofSeconds(7),
            "statistics",
            false);
    var created =
        new CacheSettings(Map.of("policy", "lru"), whenCreated)
            .created(
                "c",
                spec ->
                    spec.toBuilder()
                        .maximumEntries(5)
                        .expireAfterWrite(Duration.ofSeconds(5))
                        .cleanupInterval(Duration.ofSeconds(5))
                        .build());
    assertEquals(5, created.bounds().entries());
    assertEquals(5_000, created.expiry().life().onCreate());
    assertEquals(Duration.ofSeconds(5), created.tuning().cleanupInterval());
    assertEquals("lru", created.tuning().policy());
    assertFalse(created.tuning().statistics());
  }
}
