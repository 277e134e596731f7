package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.Larder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The options that a file may have, which docs/reference.md lists from the code, are those that
 * stores and engine know.
 */
class OptionNamesTest {
  private static final Path REFERENCE =
      Path.of(System.getProperty("larder.root", "..")).resolve("docs/reference.md");

  @ParameterizedTest
  @CsvSource({"disk, disk", "memory, disk", "remote, remote", "near, remote", "far, far"})
  void fileAndStoreKnowTheSameOptions(String group, String topology) throws IOException {
    var name = Pattern.compile(group + "\\.[a-z]+(-[a-z]+)*");
    var message = refusal(topology, group + ".no-such-option");
    var known = names(name, message.substring(message.indexOf("allowed")));
    var rows = Files.readString(REFERENCE).lines();
    var documented = new TreeSet<String>();
    rows.filter(row -> row.startsWith("### `" + group + "."))
        .forEach(row -> documented.addAll(names(name, row.split("`")[1])));
    assertEquals(documented, known);
  }

  @Test
  void referenceNamesThePoliciesThatComeWithLarder() throws IOException {
    var spec = CacheSpec.of("any").policy("no-such-policy").build();
    String message;
    try (var larder = Larder.open()) {
      message = assertThrows(ConfigurationException.class, () -> larder.create(spec)).getMessage();
    }
    var name = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    var sentence =
        Files.readString(REFERENCE).split("Which entries leave when a bound is passed: by ", 2)[1];
    assertEquals(
        names(name, message.substring(message.indexOf("known are ") + 10)),
        names(name, sentence.substring(0, sentence.indexOf(", or"))));
  }

  private static Set<String> names(Pattern name, String text) {
    var names = new TreeSet<String>();
    name.matcher(text).results().forEach(found -> names.add(found.group()));
    return names;
  }

  private static String refusal(String topology, String option) {
    var spec = CacheSpec.of("any").topology(topology).option("disk.path", ":memory:");
    try (var larder = Larder.open()) {
      return assertThrows(
              ConfigurationException.class, () -> larder.create(spec.option(option, "1").build()))
          .getMessage();
    }
  }
}
