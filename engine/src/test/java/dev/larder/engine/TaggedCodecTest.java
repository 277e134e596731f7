package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CodecException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaggedCodecTest {
  private final TaggedCodec codec = new TaggedCodec(Object.class, null);

  static List<Object> values() {
    return List.of(
        "",
        "text",
        "ünïcödé \uD83D\uDE00",
        "\uD800 alone",
        1,
        -1L,
        1.5,
        Float.NaN,
        (short) 3,
        (byte) -4,
        true,
        false,
        'x',
        new UUID(1, 2));
  }

  /** RFC 9110, 8.3.1; a server refuses what is none. */
  @Test
  void contentTypeIsOneAlsoWithAnotherCodecBehind() {
    var behind = new TaggedCodec(Object.class, new TaggedCodec(Object.class, null));
    for (var each : List.of(codec, behind)) {
      assertTrue(each.contentType().matches("[a-z.+-]+/[a-z.+-]+"), each.contentType());
    }
  }

  @ParameterizedTest
  @MethodSource("values")
  void simpleValuesComeBackAsTheyWere(Object value) {
    assertEquals(value, codec.decode(codec.encode(value)));
  }

  @ParameterizedTest
  @MethodSource("values")
  void equalValuesGiveEqualBytes(Object value) {
    assertArrayEquals(codec.encode(value), codec.encode(value));
  }

  @Test
  void byteArraysComeBackAsCopies() {
    var bytes = new byte[] {1, 2, 3};
    assertArrayEquals(bytes, (byte[]) codec.decode(codec.encode(bytes)));
  }

  @Test
  void valuesOfDifferentTypesNeverShareBytes() {
    assertTrue(!java.util.Arrays.equals(codec.encode(1), codec.encode(1L)));
  }

  @Test
  void otherTypesAreRefusedWithTheChoices() {
    var thrown = assertThrows(CodecException.class, () -> codec.encode(List.of()));
    assertTrue(String.valueOf(thrown.getMessage()).contains("option codec"), thrown.getMessage());
  }

  @ParameterizedTest
  @MethodSource("broken")
  void brokenBytesAreRefused(byte[] bytes) {
    assertThrows(CodecException.class, () -> codec.decode(bytes));
  }

  static List<byte[]> broken() {
    return List.of(
        new byte[0],
        new byte[] {'i', 1},
        new byte[] {'?'},
        new byte[] {'o', 1},
        new byte[] {'u', 1, 2});
  }

  @Test
  void valueOfAnotherTypeThanDeclaredIsRefused() {
    var bytes = codec.encode("text");
    var numbers = new TaggedCodec(Integer.class, null);
    var message = assertThrows(CodecException.class, () -> numbers.decode(bytes)).getMessage();
    assertEquals("a java.lang.String is where a java.lang.Integer is expected", message);
    assertEquals(7, numbers.decode(numbers.encode(7)));
  }
}
