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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The options that a file may have, which docs/configuration.md lists from the code, are those that
 * stores and engine know.
 */
class OptionNamesTest {

  @ParameterizedTest
  @CsvSource({"disk, disk", "memory, disk", "remote, remote", "near, remote"})
  void fileAndStoreKnowTheSameOptions(String group, String topology) throws IOException {
    var name = Pattern.compile(group + "\\.[a-z]+(-[a-z]+)*");
    var message = refusal(topology, group + ".no-such-option");
    var known = names(name, message.substring(message.indexOf("allowed")));
    var root = Path.of(System.getProperty("larder.root", ".."));
    var rows = Files.readString(root.resolve("docs/configuration.md")).lines();
    var documented = new TreeSet<String>();
    rows.filter(row -> row.startsWith("| `" + group + "."))
        .forEach(row -> documented.addAll(names(name, row.split("`")[1])));
    assertEquals(documented, known);
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
