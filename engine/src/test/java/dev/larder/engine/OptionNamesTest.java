package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionNamesTest {
  private static CacheSpec<String, String> with(String option) {
    return CacheSpec.of("c", String.class, String.class).option(option, "1").build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "dsik.path", "Disk.path", ".path", "maximum-entries"})
  void nameThatNobodyLooksAtIsRefusedAndNothingIsOpened(String option) {
    try (var larder = Larder.open()) {
      var message =
          assertThrows(ConfigurationException.class, () -> larder.create(with(option)))
              .getMessage();
      assertTrue(
          message.startsWith("cache 'c': unknown option " + option + "; allowed: codec"), message);
      assertTrue(message.contains("disk."), message);
      assertEquals(0, larder.names().size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"codec", "serial-allow", "namespace", "disk.path", "memory.warm-start"})
  void nameOfAnOptionPasses(String option) {
    assertDoesNotThrow(() -> OptionNames.check(with(option)));
  }

  @Test
  void storeOfOnesOwnHasOptionsUnderItsWord() {
    var spec = CacheSpec.of("c", String.class, String.class).topology("attic");
    assertDoesNotThrow(() -> OptionNames.check(spec.option("attic.floor", "3").build()));
  }
}
