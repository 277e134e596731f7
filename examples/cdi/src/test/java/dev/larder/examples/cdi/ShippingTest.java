package dev.larder.examples.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippingTest {

  @Test
  void eachPriceIsComputedOnceUntilItIsRemoved() {
    assertEquals(
        List.of(
            "FR, 500 g: 602 cents",
            "IT, 500 g: 597 cents",
            "FR, 500 g: 602 cents",
            "computed: 2",
            "FR, 500 g: 602 cents",
            "computed: 3"),
        printed());
  }

  private static List<String> printed() {
    var before = System.out;
    var bytes = new ByteArrayOutputStream();
    try (var out = new PrintStream(bytes, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      Shipping.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
