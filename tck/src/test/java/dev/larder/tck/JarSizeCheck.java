package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs after packaging and looks at the jars. */
class JarSizeCheck {

  private static final long LIMIT = 500_000;

  @Test
  void apiAndEngineTogetherStayUnder500Kilobytes() throws IOException {
    var size = Files.size(jar("api")) + Files.size(jar("engine"));
    assertTrue(size < LIMIT, "api and engine are " + size + " bytes together");
  }

  private static Path jar(String module) throws IOException {
    var target = Path.of(System.getProperty("larder.root"), module, "target");
    try (var files = Files.list(target)) {
      var jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
              .toList();
      assertEquals(1, jars.size(), () -> "one jar in " + target + ": " + List.copyOf(jars));
      return jars.get(0);
    }
  }
}
