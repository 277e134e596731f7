package dev.larder.server.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class PlanTest {

  @Test
  void everyPlanEnds() {
    refused("operations 0: allowed are 1 to 10000000000", () -> plan(0.5, 0, Duration.ofHours(1)));
    refused("operations", () -> plan(0.5, Plan.MOST_VALUES + 1, Duration.ofHours(1)));
    refused("seconds 0", () -> plan(0.5, 1, Duration.ZERO));
    refused("seconds 3601", () -> plan(0.5, 1, Plan.LONGEST.plusSeconds(1)));
  }

  @Test
  void theShareOfReadsIsAShare() {
    refused("reads 1.5", () -> plan(1.5, 1, Duration.ofSeconds(1)));
    refused("reads NaN", () -> plan(Double.NaN, 1, Duration.ofSeconds(1)));
  }

  @Test
  void whatIsAskedAtOnceIsBounded() {
    refused("connections 0", () -> new Plan.Pressure(0, 1, 1));
    refused("pipeline 10001", () -> new Plan.Pressure(1, 10_001, 1));
    refused("threads 65", () -> new Plan.Pressure(1, 1, 65));
    refused("bytes of a batch", () -> new Plan.Data("p", 1, 1 << 20, 100));
  }

  @Test
  void thePrefixNeedsNoEscapingAnywhere() {
    for (var prefix : new String[] {"", "a b", "a\"", "a/b", "ä", "a\r\n"}) {
      refused("prefix", () -> new Plan.Data(prefix, 1, 1, 1));
    }
  }

  @Test
  void anUnknownOperationIsRefusedWithThoseThereAre() {
    assertEquals(Kind.BATCH_GET, Kind.of("batch_get"));
    refused("get, set, mixed, batch_get, batch_set", () -> Kind.of("GET"));
  }

  private static Plan plan(double reads, long values, Duration time) {
    return new Plan(
        Kind.MIXED,
        reads,
        new Plan.Pressure(1, 1, 1),
        new Plan.Data("p", 1, 1, 1),
        values,
        time,
        Duration.ZERO);
  }

  private static void refused(String part, Executable what) {
    var message = assertThrows(IllegalArgumentException.class, what).getMessage();
    assertTrue(message.contains(part), message);
  }
}
