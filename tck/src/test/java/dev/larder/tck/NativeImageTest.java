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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the jars tell GraalVM's native-image of what they reach by name. No GraalVM runs here: it is
 * checked that all that is named exists, and that no look-up of a class or field by name is left
 * out, in any of the libraries.
 */
class NativeImageTest {
  private static final String FOLDER = "META-INF/native-image/dev.larder/";

  private static final Pattern FIELD =
      Pattern.compile("findVarHandle\\((\\w+)\\.class,\\s*\"(\\w+)\"");

  private static final Pattern TYPE = Pattern.compile("Class\\.forName\\(\\s*\"([\\w.$]+)\"");

  private static final Path ROOT = root();

  private static Path root() {
    var here = Path.of("").toAbsolutePath();
    while (!Files.exists(here.resolve("larder"))) {
      here = here.getParent();
    }
    return here;
  }

  static Stream<String> artifacts() {
    return Stream.of("larder-engine", "larder-jcache", "larder-client", "larder-annotations");
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
  @MethodSource("libraries")
  void whateverIsLookedUpByNameIsNamed(String folder) throws Exception {
    var fields = new TreeSet<String>();
    var types = new TreeSet<String>();
    try (var files = Files.walk(ROOT.resolve(folder).resolve("src/main/java"))) {
      for (var file : files.filter(each -> each.toString().endsWith(".java")).toList()) {
        var source = Files.readString(file);
        FIELD.matcher(source).results().forEach(f -> fields.add(f.group(1) + "." + f.group(2)));
        TYPE.matcher(source).results().forEach(found -> types.add(found.group(1)));
      }
    }
    var namedFields = new TreeSet<String>();
    var namedTypes = new TreeSet<String>();
    for (var entry : metadata(folder)) {
      var type = type(entry.get("name").asString());
      namedTypes.add(type.getName());
      for (var field : entry.path("fields")) {
        namedFields.add(type.getSimpleName() + "." + field.get("name").asString());
      }
    }
    assertEquals(fields, namedFields);
    types.removeAll(namedTypes);
    assertEquals(Set.of(), types, "looked up and not named");
  }

  /** Those of which it is known that they look something up, so that the search is seen to work. */
  @Test
  void searchFindsWhatThereIs() throws Exception {
    assertTrue(metadata("engine").size() > 0);
    assertTrue(metadata("jcache-provider").size() > 0);
    assertEquals(0, metadata("stores/disk").size());
  }

  static List<String> libraries() {
    return PublishedJarsCheck.libraries();
  }

  /** What the library says in its sources; empty if it says nothing. */
  private static JsonNode metadata(String folder) throws IOException {
    var metadata = ROOT.resolve(folder).resolve("src/main/resources").resolve(FOLDER);
    if (!Files.exists(metadata)) {
      return JsonMapper.shared().createArrayNode();
    }
    try (var files = Files.walk(metadata)) {
      var file = files.filter(each -> each.endsWith("reflect-config.json")).findFirst();
      return file.isEmpty()
          ? JsonMapper.shared().createArrayNode()
          : JsonMapper.shared().readTree(Files.readString(file.get()));
    }
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
