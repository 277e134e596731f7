package dev.larder.spring.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What editors show of the properties is what the code knows: the lists of the documentation. */
class MetadataTest {
  private static final Pattern KEY = Pattern.compile("(?m)^### `([^`]+)`$");
  private static final Path DOCUMENT =
      Path.of(System.getProperty("larder.root"), "docs", "reference.md");

  private static Set<String> described() throws IOException {
    var file = "META-INF/spring-configuration-metadata.json";
    try (var in = MetadataTest.class.getClassLoader().getResourceAsStream(file)) {
      var metadata = JsonMapper.shared().readValue(in, Map.class);
      return ((List<?>) metadata.get("properties"))
          .stream()
              .map(each -> ((Map<?, ?>) each).get("name").toString())
              .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static List<String> listed(String name) throws IOException {
    var from = Files.readString(DOCUMENT).split("<!-- " + name + ": ", 2)[1];
    return KEY.matcher(from.split("<!-- end -->", 2)[0])
        .results()
        .map(key -> key.group(1))
        .toList();
  }

  @Test
  void everyKeyIsDescribedAndNoOther() throws IOException {
    var expected =
        new TreeSet<>(
            List.of(
                "larder.config",
                "larder.namespace",
                "larder.topology",
                "larder.caches",
                "larder.jcache.default-maximum-entries",
                "larder.jcache.create-missing"));
    for (var component : LarderSettings.class.getRecordComponents()) {
      expected.add("larder.spring." + dashed(component.getName()));
    }
    for (var key : listed("keys of a cache")) {
      expected.add(key.equals("topology") ? "larder.topology" : "larder.defaults." + key);
    }
    for (var key : listed("options of places")) {
      expected.add("larder." + key);
    }
    assertTrue(expected.size() > 40, expected::toString);
    assertEquals(expected, described());
  }

  private static String dashed(String name) {
    return Arrays.stream(name.split("(?=[A-Z])"))
        .map(word -> word.toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining("-"));
  }
}
