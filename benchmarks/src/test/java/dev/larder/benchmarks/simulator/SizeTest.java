package dev.larder.benchmarks.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SizeTest {
  private final Trace trace = Trace.of("t", IntStream.range(0, 1_500).toArray());

  @ParameterizedTest
  @CsvSource({
    "512, 512",
    "10k, 10000",
    "2M, 2000000",
    "1.5k, 1500",
    "1%, 15",
    "0.5%, 7",
    "0.1%, 1",
    "100%, 1500",
    "200%, 3000",
    "0.0001%, 0"
  })
  void sizesAreEntriesOrSharesRoundedDown(String word, long entries) throws Exception {
    assertEquals(entries, Size.parse(word).of(trace));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "0", "0%", "-1", "1.5", "ten", "10kb", "5 %", "%", "1e3", "99999999999"})
  void otherWordsAreRefusedWithWhatIsAllowed(String word) {
    var refused = assertThrows(BadInputException.class, () -> Size.parse(word));
    var message = String.valueOf(refused.getMessage());
    assertTrue(message.startsWith("--size " + word + ": "), message);
    assertTrue(message.endsWith(Size.ALLOWED), message);
  }
}
