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
import org.junit.jupiter.params.provider.MethodSource;

/** Runs after packaging and looks at the jars. */
class PublishedJarsCheck {

  private static final long LIMIT = 500_000;

  /** The folders of what is published. */
  private static final List<String> PUBLISHED =
      List.of(
          "api",
          "engine",
          "codec",
          "config",
          "jcache-provider",
          "stores/disk",
          "remote-client",
          "integrations/annotations",
          "integrations/guice",
          "integrations/cdi",
          "integrations/micrometer",
          "integrations/spring",
          "integrations/spring-boot",
          "integrations/spring-boot-3",
          "integrations/spring-boot-4",
          "test-kit",
          "server-lite");

  @Test
  void apiAndEngineTogetherStayUnder500Kilobytes() throws IOException {
    var size = Files.size(jar("api")) + Files.size(jar("engine"));
    assertTrue(size < LIMIT, "api and engine are " + size + " bytes together");
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void libraryIsAModule(String folder) throws IOException {
    try (var jar = new JarFile(jar(folder).toFile())) {
      assertTrue(jar.getEntry("module-info.class") != null, jar.getName() + " has no module-info");
    }
  }

  @ParameterizedTest
  @MethodSource("published")
  void sourcesAndJavadocLieBesideTheJar(String folder) throws IOException {
    var name = jar(folder).toString().replaceFirst("\\.jar$", "");
    for (var kind : List.of("-sources.jar", "-javadoc.jar")) {
      assertTrue(Files.size(Path.of(name + kind)) > 0, name + kind);
    }
  }

  @Test
  void bomListsThemAllInTheirVersion() throws IOException {
    var root = Path.of(System.getProperty("larder.root"));
    var bom = Files.readString(root.resolve("bom/pom.xml"));
    for (var folder : PUBLISHED) {
      var name = jar(folder).getFileName().toString();
      var artifact = name.replaceFirst("-\\d+\\.\\d.*", "");
      assertTrue(bom.contains("<artifactId>" + artifact + "</artifactId>"), artifact);
      var version = name.substring(artifact.length() + 1, name.length() - ".jar".length());
      assertTrue(bom.contains("<version>" + version + "</version>"), version);
    }
  }

  static List<String> published() {
    return PUBLISHED;
  }

  /** All but the server. */
  static List<String> libraries() {
    return PUBLISHED.stream().filter(folder -> !folder.equals("server-lite")).toList();
  }

  private static Path jar(String folder) throws IOException {
    var target = Path.of(System.getProperty("larder.root"), folder, "target");
    try (var files = Files.list(target)) {
      var jars =
          files
              .filter(file -> file.getFileName().toString().matches("larder-[a-z-]+-\\d.*\\.jar"))
              .filter(file -> !file.toString().matches(".*-(sources|javadoc|tests)\\.jar"))
              .toList();
      assertEquals(1, jars.size(), () -> "one jar in " + target + ": " + jars);
      return jars.get(0);
    }
  }
}
