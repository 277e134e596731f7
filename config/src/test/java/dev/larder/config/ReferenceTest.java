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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** docs/reference.md and docs/configuration.md say what the code does. */
final class ReferenceTest {
  private static final Path ROOT = Path.of(System.getProperty("basedir", "."), "..");
  private static final Path DOCUMENT = ROOT.resolve("docs/reference.md");
  private static final Path CONCEPTS = ROOT.resolve("docs/configuration.md");
  private static final Path METADATA =
      ROOT.resolve(
          "integrations/spring-boot/src/main/resources/META-INF/spring-configuration-metadata.json");
  private static final Pattern FILE = Pattern.compile("(?s)```yaml\n(.*?)```");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^\\* example: `(.*)`$");

  @Test
  void descriptionsInEditorsAreThoseOfTheCode() throws IOException {
    var metadata = Files.readString(METADATA);
    agree(METADATA, metadata, Reference.describe(metadata));
  }

  @Test
  void keysInTheReferenceAreThoseOfTheCode() throws IOException {
    var document = Files.readString(DOCUMENT);
    agree(DOCUMENT, document, Reference.update(document, Files.readString(METADATA)));
  }

  private static void agree(Path file, String is, String expected) throws IOException {
    if (Boolean.getBoolean("larder.docs.write")) {
      Files.writeString(file, expected);
    } else {
      assertEquals(
          expected,
          is,
          file
              + " is behind the code; write it anew with"
              + " ./mvnw -pl config -am test -Dtest=ReferenceTest"
              + " -Dsurefire.failIfNoSpecifiedTests=false -Dlarder.docs.write=true");
    }
  }

  /** Spring's page shows files of Spring, and is checked with it. */
  static Stream<Path> pages() throws IOException {
    try (var files = Files.list(ROOT.resolve("docs"))) {
      return files
          .filter(file -> file.toString().endsWith(".md") && !file.endsWith("spring-boot.md"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyFileShownIsAConfiguration(Path page) throws IOException {
    var files = FILE.matcher(Files.readString(page));
    while (files.find()) {
      Reading.of(files.group(1).getBytes(StandardCharsets.UTF_8)).read();
    }
  }

  @Test
  void fileToStartFromDescribesCaches() throws IOException {
    var files = FILE.matcher(Files.readString(CONCEPTS));
    assertTrue(files.find(), "no example found");
    var reading = Reading.of(files.group(1).getBytes(StandardCharsets.UTF_8));
    assertFalse(reading.read().names().isEmpty());
  }

  static Stream<String> examples() throws IOException {
    return EXAMPLE.matcher(Files.readString(DOCUMENT)).results().map(found -> found.group(1));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleOfAKeyCanBePasted(String example) {
    var name = example.substring(0, example.indexOf(':'));
    var key =
        Stream.of(Keys.TOP, Keys.CACHE, PlaceKeys.ALL)
            .flatMap(List::stream)
            .filter(each -> each.name().equals(name))
            .findFirst()
            .orElseThrow();
    if (ServerKeysTest.TOGETHER.contains(name)) {
      return; // means nothing without another, told in its sentence and tested there
    }
    if (Keys.CACHE.contains(key) && !name.equals(Keys.TOPOLOGY)) {
      Reading.of("defaults:", "  " + example).read();
    } else {
      Reading.of(example).read();
    }
  }

  @Test
  void everyKeyHasAMeaningThatIsASentence() {
    for (var keys : List.of(Keys.TOP, Keys.CACHE, PlaceKeys.ALL)) {
      for (var key : keys) {
        assertTrue(key.meaning().matches("[A-Z][^|`]*\\."), key.name());
        assertFalse(key.fallback().isEmpty(), key.name());
      }
    }
  }

  @Test
  void everyKeyOfACacheSaysWhereItHolds() {
    for (var keys : List.of(Keys.CACHE, PlaceKeys.ALL, Keys.GENERAL)) {
      keys.forEach(key -> assertFalse(key.places().isEmpty(), key.name()));
    }
  }
}
