package dev.larder.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CodecException;
import dev.larder.ConfigurationException;
import dev.larder.spi.CodecProvider;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonCodecTest {
  record User(
      String name, int age, LocalDate born, List<String> roles, Map<String, Integer> scores) {}

  record Older(String name, int age) {}

  private static final User USER =
      new User("Ada", 36, LocalDate.of(1815, 12, 10), List.of("author"), Map.of("maths", 1));

  private static CodecProvider provider(String name) {
    return ServiceLoader.load(CodecProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "cbor"})
  void valuesComeBackAsTheyWere(String name) {
    var codec = provider(name).codec(User.class);
    assertEquals(USER, codec.decode(codec.encode(USER)));
    assertEquals("application/" + name, codec.contentType());
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "cbor"})
  void equalMapsGiveEqualBytesWhateverTheirOrder(String name) {
    var codec = provider(name).codec(Map.class);
    var one = new LinkedHashMap<>(Map.of("a", 1));
    one.put("b", 2);
    var other = new LinkedHashMap<>(Map.of("b", 2));
    other.put("a", 1);
    assertArrayEquals(codec.encode(one), codec.encode(other));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "cbor"})
  void aTypeWithFewerFieldsReadsWhatOneWithMoreWrote(String name) {
    var bytes = provider(name).codec(User.class).encode(USER);
    assertEquals(new Older("Ada", 36), provider(name).codec(Older.class).decode(bytes));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "cbor"})
  void foreignAndCutBytesAreRefusedByName(String name) {
    var codec = provider(name).codec(User.class);
    var bytes = codec.encode(USER);
    var cut = Arrays.copyOf(bytes, bytes.length / 2);
    var thrown = assertThrows(CodecException.class, () -> codec.decode(cut));
    assertTrue(
        String.valueOf(thrown.getMessage()).contains(User.class.getName()), thrown.getMessage());
    var none = provider(name).codec(String.class).encode("text");
    assertThrows(CodecException.class, () -> codec.decode(none));
  }

  @Test
  void jsonNullIsNoValue() {
    var codec = provider("json").codec(User.class);
    assertThrows(CodecException.class, () -> codec.decode("null".getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "cbor"})
  void alteredBytesGiveAValueOrACodecException(String name) {
    var seed = 20261121L;
    var random = new Random(seed);
    var codec = provider(name).codec(User.class);
    var bytes = codec.encode(USER);
    for (int round = 0; round < 2_000; round++) {
      var altered = bytes.clone();
      altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        codec.decode(altered);
      } catch (CodecException e) {
        assertTrue(
            String.valueOf(e.getMessage()).startsWith("bytes of "),
            () -> "seed " + seed + ": " + e);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"json", "cbor"})
  void anUndeclaredTypeIsRefusedWhenTheCacheIsDescribed(String name) {
    var thrown =
        assertThrows(ConfigurationException.class, () -> provider(name).codec(Object.class));
    assertTrue(String.valueOf(thrown.getMessage()).contains("declared type"), thrown.getMessage());
  }
}
