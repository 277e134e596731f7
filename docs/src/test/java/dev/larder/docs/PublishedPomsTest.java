package dev.larder.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is published is what the BOM lists, and the examples are projects that could be anybody's.
 * That both work with nothing but what is published, build-rules/published-check shows.
 */
class PublishedPomsTest {

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));

  /** At the outermost level of a pom of this project, which is indented by two. */
  private static final Pattern ARTIFACT = Pattern.compile("(?m)^  <artifactId>(.+)</artifactId>$");

  private static final Pattern MANAGED =
      Pattern.compile("(?m)^        <artifactId>(larder-.+)</artifactId>$");
  private static final Pattern MODULE = Pattern.compile("<module>(.+)</module>");
  private static final Pattern VERSION = Pattern.compile("<version>([^$<]+)</version>");

  @Test
  void bomListsWhatIsDeployedAndNothingElse() throws IOException {
    var deployed = new TreeSet<String>();
    for (var folder : modules(ROOT)) {
      var pom = pom(folder);
      if (!pom.contains("<maven.deploy.skip>true</maven.deploy.skip>")) {
        deployed.add(first(ARTIFACT, pom));
      }
    }
    assertTrue(deployed.remove("larder-bom"));
    var bom = pom(ROOT.resolve("bom"));
    var listed = new TreeSet<String>();
    MANAGED.matcher(bom).results().forEach(found -> listed.add(found.group(1)));
    assertEquals(deployed, listed);
  }

  @Test
  void bomHasTheVersionOfTheRest() throws IOException {
    assertEquals(ownVersion(pom(ROOT)), ownVersion(pom(ROOT.resolve("bom"))));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void exampleCanBeCopiedOut(Path example) throws IOException {
    var pom = pom(example);
    assertFalse(pom.contains("<parent>"), "it has a parent");
    assertFalse(pom.contains("../"), "it reaches out of its folder");
    assertTrue(pom.contains("<larder.version>" + ownVersion(pom(ROOT)) + "</larder.version>"), pom);
    assertTrue(Files.size(example.resolve("README.md")) > 0);
  }

  /** A copy that names versions which nobody else here uses would be forgotten by updates. */
  @ParameterizedTest
  @MethodSource("examples")
  void exampleNamesVersionsThatTheProjectUses(Path example) throws IOException {
    var used = new StringBuilder(pom(ROOT));
    for (var folder : modules(ROOT)) {
      if (!folder.startsWith(ROOT.resolve("examples"))) {
        used.append(pom(folder));
      }
    }
    var own = ownVersion(pom(example));
    VERSION
        .matcher(pom(example))
        .results()
        .map(found -> found.group(1))
        .filter(version -> !version.equals(own))
        .forEach(version -> assertTrue(used.indexOf(">" + version + "<") > 0, version));
  }

  static List<Path> examples() throws IOException {
    return modules(ROOT.resolve("examples"));
  }

  /** The folders of all modules below, but those in profiles. */
  private static List<Path> modules(Path folder) throws IOException {
    var pom = pom(folder).replaceAll("(?s)<profiles>.*</profiles>", "");
    var direct = MODULE.matcher(pom).results().map(found -> folder.resolve(found.group(1)));
    var all = Stream.<Path>builder();
    for (var module : direct.toList()) {
      all.add(module);
      modules(module).forEach(all);
    }
    return all.build().toList();
  }

  private static String ownVersion(String pom) {
    return first(Pattern.compile("(?m)^  <version>(.+)</version>$"), pom);
  }

  private static String first(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    assertTrue(found.find(), () -> pattern + " is not in " + text);
    return found.group(1);
  }

  private static String pom(Path folder) throws IOException {
    return Files.readString(folder.resolve("pom.xml"));
  }
}
