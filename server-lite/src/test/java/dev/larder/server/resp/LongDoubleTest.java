package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LongDoubleTest {
  private static String sum(String one, String other) {
    return new String(
        LongDouble.sum(one.getBytes(ISO_8859_1), other.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  /** As redis-server on x86-64 answers. */
  @ParameterizedTest
  @CsvSource({
    "10.50, 0.1, 10.6",
    "5.0e3, 2.0e2, 5200",
    "0.1, 0.2, 0.3",
    "3, 1.1, 4.1",
    "1, -1, 0",
    "-0, 0, 0",
    "-0.000000000000000001, 0, 0",
    "0x1p3, 0x.8, 8.5",
    "1., .5, 1.5",
    "1e30, 1, 1000000000000000000024696061952",
    "9223372036854775807, 1, 9223372036854775808",
    "18446744073709551615, 1, 18446744073709551616",
    "18446744073709551616, 1, 18446744073709551616",
    "36893488147419103230, 3, 36893488147419103232",
    "0.00000000000000001, 0, 0.00000000000000001",
    "1e-4950, 0, 0",
    "0e99999999999, 7, 7",
    "3.6e-4951, 0, 0",
  })
  void sumsAreThoseOfRedis(String one, String other, String expected) {
    assertEquals(expected, sum(one, other));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "1e",
        "e1",
        ".",
        "+",
        "-",
        "0x",
        "nan",
        "abc",
        "1e5000",
        "-1e5000",
        "1e-5000",
        "1.8e-4951",
        "1.18973149535723176509e4932",
        "1,5",
        "1e99999999999",
        "0x1p99999",
        "1\u0000",
        "\u0661"
      })
  void whatIsNoNumberIsRefused(String text) {
    var refused = assertThrows(CommandException.class, () -> sum(text, "1"));
    assertEquals(CommandException.NOT_A_FLOAT, refused.getMessage());
    assertThrows(CommandException.class, () -> sum("1", text));
  }

  @ParameterizedTest
  @CsvSource({"inf, 1", "1, -inf", "Infinity, -INF", "1e4932, 1e4932"})
  void sumsOutOfRangeAreRefused(String one, String other) {
    var refused = assertThrows(CommandException.class, () -> sum(one, other));
    assertEquals("ERR increment would produce NaN or Infinity", refused.getMessage());
  }

  @Test
  void theLargestNumberIsWrittenOutInFull() {
    var text = sum("1.18973149535723176502e4932", "0");
    assertEquals(4_933, text.length());
    assertTrue(text.startsWith("118973149535723176502"), text.substring(0, 30));
  }
}
