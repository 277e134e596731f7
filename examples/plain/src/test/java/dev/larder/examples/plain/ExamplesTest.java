package dev.larder.examples.plain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ExamplesTest {

  @Test
  void firstCachePrintsWhatItHolds() {
    assertEquals(
        List.of("flour: 2", "sugar: 5", "salt: null", "entries: 2"), printed(FirstCache::main));
  }

  @Test
  void readThroughLooksUpEachNameOnce() {
    assertEquals(
        List.of("flour: 50", "sugar: 50", "flour: 50", "flour: 50", "looked up: 2, hits: 2"),
        printed(ReadThrough::main));
  }

  @Test
  void standardCacheRunsOnLarder() {
    assertEquals(List.of("flour left: 1", "sugar: null"), printed(StandardCache::main));
  }

  private static List<String> printed(Consumer<String[]> main) {
    var before = System.out;
    var bytes = new ByteArrayOutputStream();
    try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      main.accept(new String[0]);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
