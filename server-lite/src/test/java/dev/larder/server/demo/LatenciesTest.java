package dev.larder.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatenciesTest {
  @ParameterizedTest
  @CsvSource({"0.1, 10", "20, 10", "20.1, 20", "50, 30", "99, 50", "100, 50"})
  void percentileIsTheNearestRank(double percent, long expected) {
    assertEquals(expected, of(50, 10, 40, 20, 30).percentile(percent));
  }

  @Test
  void oneLatencyIsEveryPercentile() {
    var one = of(7);
    assertEquals(7, one.percentile(0.001));
    assertEquals(7, one.percentile(100));
  }

  @Test
  void percentileAgreesWithCountingOnRandomLatencies() {
    var seed = 20_260_101L;
    var random = new Random(seed);
    var nanos = random.ints(1_000, 0, 300).mapToLong(i -> i).toArray();
    var latencies = of(nanos);
    for (var percent = 1; percent <= 100; percent++) {
      var value = latencies.percentile(percent);
      var notAbove = Arrays.stream(nanos).filter(n -> n <= value).count();
      var below = Arrays.stream(nanos).filter(n -> n < value).count();
      var context = "seed " + seed + ", percent " + percent;
      assertEquals(true, notAbove >= percent * 10L, context);
      assertEquals(true, below < percent * 10L, context);
    }
  }

  @Test
  void latencyAddedAfterAskingCounts() {
    var latencies = new Latencies(2);
    latencies.add(5);
    assertEquals(5, latencies.percentile(100));
    latencies.add(9);
    assertEquals(9, latencies.percentile(100));
    assertEquals(14, latencies.total());
  }

  @Test
  void veryLongLatencyIsCutInPercentilesAndWholeInTheTotal() {
    var latencies = of(10_000_000_000L);
    assertEquals(Integer.MAX_VALUE, latencies.percentile(50));
    assertEquals(10_000_000_000L, latencies.total());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 100.1, Double.NaN})
  void percentileOutsideOfItsRangeIsRefused(double percent) {
    assertThrows(IllegalArgumentException.class, () -> of(1).percentile(percent));
  }

  @Test
  void percentileOfNothingIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Latencies(3).percentile(50));
  }

  private static Latencies of(long... nanos) {
    var latencies = new Latencies(nanos.length);
    Arrays.stream(nanos).forEach(latencies::add);
    return latencies;
  }
}
