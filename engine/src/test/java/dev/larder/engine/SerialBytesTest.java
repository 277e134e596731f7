package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CodecException;
import java.io.Serializable;
import java.util.List;
import org.junit.jupiter.api.Test;

class SerialBytesTest {
  private record Pair(Object one, Object two) implements Serializable {}

  private final SerialCodec<Object> codec = new SerialCodec<>(getClass().getClassLoader());

  @Test
  void whatItWroteComesBack() {
    var pair = new Pair("a", List.of(1L, "b"));

    assertEquals(pair, codec.decode(codec.encode(pair)));
  }

  @Test
  void equalValuesGiveEqualBytesWhetherOrNotTheyAreTheSameObject() {
    var text = "some text";
    var same = new Pair(text, text);
    var equal = new Pair(text, String.valueOf(text.toCharArray()));

    assertEquals(same, equal);
    assertArrayEquals(codec.encode(same), codec.encode(equal));
  }

  @Test
  void largeNumbersCountAsEqualToo() {
    var boxed = Long.valueOf(1L << 40);
    var same = new Pair(boxed, boxed);
    var equal = new Pair(boxed, Long.parseLong("1099511627776"));

    assertArrayEquals(codec.encode(same), codec.encode(equal));
  }

  @Test
  void classesThatItDidNotWriteAreRefusedWithTheLineToAdd() {
    var bytes = codec.encode(new Pair("a", "b"));
    var other = new SerialCodec<>(getClass().getClassLoader());

    var refused = assertThrows(CodecException.class, () -> other.decode(bytes));

    assertTrue(String.valueOf(refused.getMessage()).contains("serial-allow"), refused.getMessage());
    assertFalse(String.valueOf(refused.getMessage()).contains("null"), refused.getMessage());
  }
}
