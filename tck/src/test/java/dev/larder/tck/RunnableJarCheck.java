package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs after packaging and looks at the jar of the server, and at the one for the disk beside it.
 */
class RunnableJarCheck {

  /** The target is 30 MB; this is the aim. */
  private static final long LIMIT = 20_000_000;

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));

  @Test
  void serverStaysUnder20Megabytes() throws IOException {
    var size = Files.size(path("larder.jar"));
    assertTrue(size < LIMIT, "larder.jar has " + size + " bytes");
  }

  @Test
  void manifestNamesTheMainClassAndTheDiskBesideTheJar() throws IOException {
    try (var jar = open("larder.jar")) {
      var manifest = jar.getManifest().getMainAttributes();
      assertEquals(
          "dev.larder.server.LarderCommand", manifest.getValue(Attributes.Name.MAIN_CLASS));
      assertEquals("true", manifest.getValue(Attributes.Name.MULTI_RELEASE));
      assertEquals("ALL-UNNAMED", manifest.getValue("Enable-Native-Access"));
      assertEquals("larder-disk.jar", manifest.getValue(Attributes.Name.CLASS_PATH));
      assertNull(manifest.getValue("Add-Opens"));
    }
  }

  @Test
  void diskAndDemoAreNotInTheServer() throws IOException {
    try (var jar = open("larder.jar")) {
      for (var folder : List.of("org/sqlite/", "org/h2/", "dev/larder/disk/")) {
        assertTrue(jar.stream().noneMatch(e -> e.getName().startsWith(folder)), folder);
      }
      assertTrue(jar.stream().noneMatch(e -> e.getName().endsWith(".u64.gz")), "traces");
    }
  }

  @Test
  void diskJarBringsItsStoreAndNothingOfTheServer() throws IOException {
    try (var jar = open("larder-disk.jar")) {
      assertTrue(service(jar, "dev.larder.spi.StoreProvider").contains("disk"));
      assertNotNull(jar.getEntry("org/sqlite/JDBC.class"));
      assertTrue(jar.stream().noneMatch(e -> e.getName().startsWith("dev/larder/server/")));
    }
  }

  @Test
  void servicesOfAllPartsAreMerged() throws IOException {
    try (var jar = open("larder.jar")) {
      assertTrue(
          service(jar, "tools.jackson.databind.ObjectMapper").lines().count() >= 3,
          "mappers of JSON, YAML and CBOR");
      for (var each : List.of("dev.larder.LarderFactory", "dev.larder.spi.ConfigurationSource")) {
        assertTrue(!service(jar, each).isBlank(), each);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"larder.jar", "larder-disk.jar"})
  void noSignaturesModulesOrDuplicates(String name) throws IOException {
    try (var jar = open(name)) {
      var names = jar.stream().map(JarEntry::getName).toList();
      assertEquals(names.size(), Set.copyOf(names).size(), "entries that are there twice");
      assertEquals(List.of(), names.stream().filter(RunnableJarCheck::outOfPlace).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"larder.jar", "larder-disk.jar"})
  void everythingThatIsNotOursIsInTheListOfLicences(String name) throws IOException {
    var listed =
        Files.readAllLines(ROOT.resolve("packaging/THIRD-PARTY.txt")).stream()
            .filter(line -> line.matches("[A-Za-z][\\w/-]*/ .*"))
            .map(line -> line.substring(0, line.indexOf(' ')))
            .toList();
    try (var jar = open(name)) {
      var unknown =
          jar.stream()
              .map(JarEntry::getName)
              .filter(entry -> entry.endsWith(".class") || entry.contains("/native/"))
              .map(entry -> entry.replaceFirst("^META-INF/versions/\\d+/", ""))
              .filter(entry -> !entry.startsWith("dev/larder/"))
              .filter(entry -> listed.stream().noneMatch(entry::startsWith))
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(Set.of(), unknown, "not in packaging/THIRD-PARTY.txt");
      assertNotNull(jar.getEntry("META-INF/THIRD-PARTY.txt"));
      assertNotNull(jar.getEntry("META-INF/LICENSE-larder.txt"));
    }
  }

  private static boolean outOfPlace(String name) {
    return name.matches(
        "META-INF/[^/]+\\.(SF|RSA|DSA|EC)|META-INF/INDEX\\.LIST|.*module-info\\.class");
  }

  private static String service(JarFile jar, String name) throws IOException {
    var entry = jar.getJarEntry("META-INF/services/" + name);
    assertNotNull(entry, name);
    try (var in = jar.getInputStream(entry)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static JarFile open(String name) throws IOException {
    return new JarFile(path(name).toFile());
  }

  private static Path path(String name) {
    return ROOT.resolve("server-lite/target").resolve(name);
  }
}
