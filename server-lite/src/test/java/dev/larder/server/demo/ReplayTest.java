package dev.larder.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.larder.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplayTest {
  private final VirtualClock clock = new VirtualClock();

  @Test
  void asksForTheProductsOfTheTraceInOrderOnEachPass() {
    var replay = new Replay(trace("a", "b", "a"), 2, 10, clock);
    var asked = new ArrayList<Integer>();
    replay.run(
        id -> {
          asked.add(id);
          return product(id, "");
        },
        done -> {});
    var first = replay.product(0);
    var second = replay.product(1);
    assertEquals(List.of(first, second, first, first, second, first), asked);
  }

  @Test
  void latenciesAreWhatTheClockMoved() {
    var replay = new Replay(trace("a", "b", "c"), 1, 3, clock);
    var steps = new ArrayList<>(List.of(30L, 10L, 20L));
    var outcome =
        replay.run(
            id -> {
              clock.advance(Duration.ofMillis(steps.remove(0)));
              return product(id, "");
            },
            done -> {});
    assertEquals(60_000_000, outcome.latencies().total());
    assertEquals(20_000_000, outcome.latencies().percentile(50));
  }

  @Test
  void pagesSpreadOverAllRows() {
    var replay = new Replay(trace("a"), 1, 100, clock);
    var products = IntStream.range(0, 100).mapToObj(replay::product).collect(Collectors.toSet());
    assertEquals(IntStream.range(0, 100).boxed().collect(Collectors.toSet()), products);
  }

  @Test
  void pagesBeyondTheRowsShareProducts() {
    var replay = new Replay(trace("a"), 1, 100, clock);
    assertEquals(replay.product(7), replay.product(107));
  }

  @Test
  void rowsAreTheSameInEveryRun() {
    var one = new Replay(trace("a"), 1, 1_000, clock);
    var other = new Replay(trace("a"), 1, 1_000, clock);
    assertEquals(
        IntStream.range(0, 1_000).map(one::product).boxed().toList(),
        IntStream.range(0, 1_000).map(other::product).boxed().toList());
  }

  @Test
  void checksumTellsOtherDataAndAnotherOrder() {
    var replay = new Replay(trace("a", "b"), 1, 2, clock);
    var checksum = replay.run(id -> product(id, "x"), done -> {}).checksum();
    assertEquals(checksum, replay.run(id -> product(id, "x"), done -> {}).checksum());
    assertNotEquals(checksum, replay.run(id -> product(id, "y"), done -> {}).checksum());
    assertNotEquals(checksum, replay.run(id -> product(1 - id, "x"), done -> {}).checksum());
  }

  private static Trace trace(String... keys) {
    var requests = new Trace.Collector();
    List.of(keys).forEach(requests::add);
    return requests.finish("test");
  }

  private static Product product(int id, String description) {
    return new Product(id, "name", "category", 1, 2, description);
  }
}
