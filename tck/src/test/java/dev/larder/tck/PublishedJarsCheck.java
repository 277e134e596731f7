package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs after packaging and looks at the jars. */
class PublishedJarsCheck {

  private static final long LIMIT = 500_000;

  @Test
  void apiAndEngineTogetherStayUnder500Kilobytes() throws IOException {
    var size = Files.size(jar("api")) + Files.size(jar("engine"));
    assertTrue(size < LIMIT, "api and engine are " + size + " bytes together");
  }

  @ParameterizedTest
  @ValueSource(strings = {"api", "engine", "codec", "config", "jcache-provider", "test-kit"})
  void libraryIsAModule(String folder) throws IOException {
    try (var jar = new JarFile(jar(folder).toFile())) {
      assertTrue(jar.getEntry("module-info.class") != null, jar.getName() + " has no module-info");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"api", "engine", "codec", "config", "jcache-provider", "test-kit", "server-lite"})
  void sourcesAndJavadocLieBesideTheJar(String folder) throws IOException {
    var name = jar(folder).toString().replaceFirst("\\.jar$", "");
    for (var kind : List.of("-sources.jar", "-javadoc.jar")) {
      assertTrue(Files.size(Path.of(name + kind)) > 0, name + kind);
    }
  }

  private static Path jar(String folder) throws IOException {
    var target = Path.of(System.getProperty("larder.root"), folder, "target");
    try (var files = Files.list(target)) {
      var jars =
          files
              .filter(file -> file.toString().endsWith(".jar"))
              .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
              .toList();
      assertEquals(1, jars.size(), () -> "one jar in " + target + ": " + jars);
      return jars.get(0);
    }
  }
}
