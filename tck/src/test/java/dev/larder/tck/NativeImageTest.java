package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the jars tell GraalVM's native-image of what they reach by name. No GraalVM runs here: it is
 * checked that all that is named exists, and that no look-up of a field by name is left out.
 */
class NativeImageTest {
  private static final String FOLDER = "META-INF/native-image/dev.larder/";

  private static final Pattern FIELD =
      Pattern.compile("findVarHandle\\((\\w+)\\.class,\\s*\"(\\w+)\"");

  private static final Path ROOT = root();

  private static Path root() {
    var here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("larder"))) {
      here = here.getParent();
    }
    return here;
  }

  static Stream<String> artifacts() {
    return Stream.of("larder-engine", "larder-jcache", "larder-client");
  }

  private static JsonNode reflection(String artifact) throws IOException {
    var name = FOLDER + artifact + "/reflect-config.json";
    try (var in = NativeImageTest.class.getClassLoader().getResourceAsStream(name)) {
      assertNotNull(in, name);
      return JsonMapper.shared().readTree(in);
    }
  }

  @ParameterizedTest
  @MethodSource("artifacts")
  void everyClassMethodAndFieldNamedExists(String artifact) throws Exception {
    var named = reflection(artifact);
    assertTrue(named.size() > 0);
    for (var entry : named) {
      var type = type(entry.get("name").asString());
      for (var method : entry.path("methods")) {
        exists(type, method);
      }
      for (var field : entry.path("fields")) {
        assertNotNull(type.getDeclaredField(field.get("name").asString()));
      }
    }
  }

  private static Class<?> type(String name) {
    return assertDoesNotThrow(
        () -> Class.forName(name, false, NativeImageTest.class.getClassLoader()));
  }

  private static void exists(Class<?> type, JsonNode method) throws Exception {
    var parameters = new ArrayList<Class<?>>();
    method.get("parameterTypes").forEach(each -> parameters.add(type(each.asString())));
    var types = parameters.toArray(Class<?>[]::new);
    var name = method.get("name").asString();
    if (name.equals("<init>")) {
      assertTrue(Modifier.isPublic(type.getConstructor(types).getModifiers()));
    } else {
      assertNotNull(type.getDeclaredMethod(name, types));
    }
  }

  @ParameterizedTest
  @MethodSource("sources")
  void everyFieldThatIsLookedUpByNameIsNamed(String artifact, String folder) throws IOException {
    var wanted = new TreeSet<String>();
    try (var files = Files.walk(ROOT.resolve(folder).resolve("src/main/java"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        FIELD
            .matcher(Files.readString(file))
            .results()
            .forEach(found -> wanted.add(found.group(1) + "." + found.group(2)));
      }
    }
    var named = new TreeSet<String>();
    for (var entry : reflection(artifact)) {
      var type = type(entry.get("name").asString()).getSimpleName();
      entry.path("fields").forEach(field -> named.add(type + "." + field.get("name").asString()));
    }
    assertEquals(wanted, named);
    assertTrue(!wanted.isEmpty(), "there are some");
  }

  static Stream<Arguments> sources() {
    return Stream.of(
        Arguments.of("larder-engine", "engine"), Arguments.of("larder-client", "remote-client"));
  }

  @Test
  void configurationOnTheClassPathIsKeptInTheImage() throws IOException {
    var name = FOLDER + "larder-config/resource-config.json";
    try (var in = NativeImageTest.class.getClassLoader().getResourceAsStream(name)) {
      assertNotNull(in, name);
      var included = JsonMapper.shared().readTree(in).at("/resources/includes");
      var patterns = new ArrayList<String>();
      included.forEach(each -> patterns.add(each.get("pattern").asString()));
      assertEquals(List.of("\\Qlarder.yaml\\E"), patterns);
      assertTrue(Pattern.matches(patterns.get(0), "larder.yaml"));
    }
  }
}
