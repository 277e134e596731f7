package dev.larder.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** docs/configuration.md says what the code does. */
final class ReferenceTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "configuration.md");
  private static final Pattern EXAMPLE = Pattern.compile("(?s)```yaml\n(.*?)```");

  @Test
  void tablesOfKeysAreThoseOfTheCode() throws IOException {
    var document = Files.readString(DOCUMENT);
    var expected = Reference.update(document);
    if (Boolean.getBoolean("larder.docs.write")) {
      Files.writeString(DOCUMENT, expected);
      return;
    }
    assertEquals(
        expected,
        document,
        "docs/configuration.md is behind the code; write it anew with"
            + " ./mvnw -pl config -am test -Dtest=ReferenceTest -Dlarder.docs.write=true");
  }

  @Test
  void everyExampleIsAConfiguration() throws IOException {
    var examples = EXAMPLE.matcher(Files.readString(DOCUMENT));
    var count = 0;
    while (examples.find()) {
      var reading = Reading.of(examples.group(1).getBytes(StandardCharsets.UTF_8));
      assertFalse(reading.read().names().isEmpty());
      count++;
    }
    assertTrue(count > 0, "no example found");
  }

  @Test
  void everyKeyHasAMeaningThatIsASentence() {
    for (var keys : List.of(Keys.TOP, Keys.CACHE, PlaceKeys.ALL)) {
      for (var key : keys) {
        assertTrue(key.meaning().endsWith("."), key.name());
      }
    }
  }
}
