package dev.larder.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * The files in packaging agree with each other, with the settings there are, and with what a server
 * that is reachable from outside needs. No container engine runs here; build-rules/container-check
 * does by hand what the Dockerfile says.
 */
class PackagingTest {

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));
  private static final Path PACKAGING = ROOT.resolve("packaging");
  private static final Pattern VARIABLE = Pattern.compile("\\bLARDER_[A-Z_]*[A-Z]\\b");

  /** A key in the reference. */
  private static final Pattern KEY = Pattern.compile("(?m)^### `([a-z.-]+)`$");

  @Test
  void everySettingInThemExists() throws IOException {
    var reference = Files.readString(ROOT.resolve("docs/reference.md"));
    var known = variables(reference);
    KEY.matcher(reference).results().map(key -> variable(key.group(1))).forEach(known::add);
    try (var files = Files.walk(PACKAGING)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var unknown = variables(Files.readString(file));
        unknown.removeAll(known);
        assertEquals(List.of(), List.copyOf(unknown), file.toString());
      }
    }
  }

  @Test
  void imageChecksItsHealthEvery30SecondsAndIsNotRoot() throws IOException {
    var image = instructions();
    assertEquals("10001:10001", image.get("USER"));
    assertEquals("8080 6379", image.get("EXPOSE"));
    assertEquals(
        "--interval=30s --timeout=10s --retries=3 CMD [\"/opt/larder/larder\", \"health\"]",
        image.get("HEALTHCHECK"));
    assertTrue(image.get("FROM").startsWith("eclipse-temurin:"), image.get("FROM"));
    assertTrue(image.get("ARG").matches("JAVA=\\d+-jre-\\w+"), "a tag is pinned");
  }

  @Test
  void imageListensOnAllAddressesAndBringsNoPassword() throws IOException {
    var settings = instructions().get("ENV");
    assertTrue(settings.contains("LARDER_HOST=0.0.0.0"), settings);
    assertFalse(settings.contains("PASSWORD"), settings);
    assertFalse(settings.contains("INSECURE"), settings);
  }

  @Test
  void contextHoldsWhatTheImageCopiesAndNothingElse() throws IOException {
    var copied =
        Files.readAllLines(PACKAGING.resolve("Dockerfile")).stream()
            .filter(line -> line.startsWith("COPY "))
            .flatMap(line -> Stream.of(line.split(" ")).filter(part -> !part.startsWith("/")))
            .filter(part -> !part.equals("COPY"))
            .collect(Collectors.toCollection(TreeSet::new));
    var let =
        Files.readAllLines(PACKAGING.resolve("Dockerfile.dockerignore")).stream()
            .filter(line -> line.startsWith("!"))
            .map(line -> line.substring(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(let, copied);
  }

  @ParameterizedTest
  @ValueSource(strings = {"docker-compose.yml", "docker-compose.three.yml"})
  void everyServiceWantsAPasswordAndIsSeenOnThisMachineOnly(String file) throws IOException {
    for (var service : services(file).values()) {
      var settings = map(service, "environment");
      assertTrue(settings.get("LARDER_PASSWORD").toString().startsWith("${LARDER_PASSWORD:?"));
      list(service, "ports")
          .forEach(port -> assertTrue(port.toString().startsWith("127.0.0.1:"), port.toString()));
      assertEquals(true, service.get("read_only"));
      assertEquals(List.of("ALL"), service.get("cap_drop"));
      var health = map(service, "healthcheck");
      assertEquals(List.of("CMD", "/opt/larder/larder", "health"), health.get("test"));
      assertEquals(
          List.of("30s", "10s", 3),
          List.of(health.get("interval"), health.get("timeout"), health.get("retries")));
    }
  }

  @Test
  void threeNodesShareNeitherNameNorPortNorVolume() throws IOException {
    var services = services("docker-compose.three.yml");
    assertEquals(3, services.size());
    var seen = new HashSet<Object>();
    services.forEach(
        (name, service) -> {
          assertEquals(name, map(service, "environment").get("LARDER_NODE_ID"));
          list(service, "ports").forEach(port -> assertTrue(seen.add(port), port.toString()));
          list(service, "volumes").forEach(it -> assertTrue(seen.add(it), it.toString()));
        });
    var text = Files.readString(PACKAGING.resolve("docker-compose.three.yml"));
    assertTrue(text.contains("do NOT know each other"), "says that this is no cluster");
  }

  @Test
  void podIsProbedWithoutPasswordAndRunsWithoutRights() throws IOException {
    var pod = pod();
    assertEquals(false, pod.get("enableServiceLinks"));
    assertEquals(true, map(pod, "securityContext").get("runAsNonRoot"));
    var container = container(pod);
    assertEquals("/health/live", map(map(container, "livenessProbe"), "httpGet").get("path"));
    assertEquals("/health/live", map(map(container, "startupProbe"), "httpGet").get("path"));
    assertEquals("/health/ready", map(map(container, "readinessProbe"), "httpGet").get("path"));
    var rights = map(container, "securityContext");
    assertEquals(false, rights.get("allowPrivilegeEscalation"));
    assertEquals(true, rights.get("readOnlyRootFilesystem"));
    assertEquals(List.of("ALL"), map(rights, "capabilities").get("drop"));
    assertTrue(map(map(container, "resources"), "limits").containsKey("memory"));
  }

  @Test
  void passwordOfThePodComesFromTheSecret() throws IOException {
    var pod = pod();
    var secret =
        list(pod, "volumes").stream()
            .map(PackagingTest::map)
            .filter(volume -> volume.containsKey("secret"))
            .findFirst()
            .orElseThrow();
    var mount =
        list(container(pod), "volumeMounts").stream()
            .map(PackagingTest::map)
            .filter(each -> each.get("name").equals(secret.get("name")))
            .findFirst()
            .orElseThrow();
    var settings =
        list(container(pod), "env").stream()
            .map(PackagingTest::map)
            .filter(each -> each.containsKey("value"))
            .collect(Collectors.toMap(each -> each.get("name"), each -> each.get("value")));
    assertEquals(mount.get("mountPath") + "/password", settings.get("LARDER_PASSWORD_FILE"));
    assertEquals("0.0.0.0", settings.get("LARDER_HOST"));
    assertFalse(settings.containsKey("LARDER_INSECURE"));
  }

  @Test
  void serviceLeadsToThePortsOfThePod() throws IOException {
    var service = map(yaml("kubernetes/service.yaml"), "spec");
    var offered =
        list(container(pod()), "ports").stream()
            .map(PackagingTest::map)
            .collect(Collectors.toMap(port -> port.get("name"), port -> port.get("containerPort")));
    assertEquals(Map.of("http", 8080, "resp", 6379), offered);
    for (var port : list(service, "ports")) {
      assertEquals(map(port).get("port"), offered.get(map(port).get("targetPort")));
    }
    var labels = map(map(map(yaml("kubernetes/statefulset.yaml"), "spec"), "template"), "metadata");
    assertEquals(labels.get("labels"), service.get("selector"));
  }

  @Test
  void kustomizationListsTheFilesThatAreThere() throws IOException {
    for (var file : list(yaml("kubernetes/kustomization.yaml"), "resources")) {
      assertTrue(Files.isRegularFile(PACKAGING.resolve("kubernetes").resolve(file.toString())));
    }
  }

  @Test
  void systemdUnitRunsTheLauncherAsNobodyInParticular() throws IOException {
    var unit =
        Files.readAllLines(PACKAGING.resolve("systemd/larder.service")).stream()
            .filter(line -> line.matches("[A-Za-z]+=.*"))
            .collect(Collectors.toSet());
    assertTrue(
        unit.containsAll(
            Set.of(
                "ExecStart=/opt/larder/larder serve",
                "DynamicUser=yes",
                "NoNewPrivileges=yes",
                "ProtectSystem=strict",
                "CapabilityBoundingSet=",
                "SuccessExitStatus=143",
                "SystemCallFilter=@system-service")),
        unit::toString);
    assertFalse(unit.contains("MemoryDenyWriteExecute=yes"), "the JVM writes the code it runs");
  }

  /** The instructions of the Dockerfile, lines joined; the last of each kind. */
  private static Map<String, String> instructions() throws IOException {
    var text = Files.readString(PACKAGING.resolve("Dockerfile")).replaceAll("\\s*\\\\\\R\\s*", " ");
    return text.lines()
        .filter(line -> line.matches("[A-Z]+ .*"))
        .collect(
            Collectors.toMap(
                line -> line.substring(0, line.indexOf(' ')),
                line -> line.substring(line.indexOf(' ') + 1),
                (first, last) -> last));
  }

  /** The keys of a cache have variables as defaults for all caches. */
  private static String variable(String key) {
    return "LARDER_DEFAULTS_" + key.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
  }

  private static Set<String> variables(String text) {
    return VARIABLE
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Map<String, Map<String, Object>> services(String file) throws IOException {
    var services = new LinkedHashMap<String, Map<String, Object>>();
    map(yaml(file), "services").forEach((name, service) -> services.put(name, map(service)));
    return services;
  }

  private static Map<String, Object> pod() throws IOException {
    return map(map(map(yaml("kubernetes/statefulset.yaml"), "spec"), "template"), "spec");
  }

  private static Map<String, Object> container(Map<String, Object> pod) {
    assertEquals(1, list(pod, "containers").size());
    return map(list(pod, "containers").get(0));
  }

  private static Map<String, Object> yaml(String file) throws IOException {
    var text = Files.readString(PACKAGING.resolve(file));
    return map(new Load(LoadSettings.builder().build()).loadFromString(text));
  }

  private static Map<String, Object> map(Map<String, Object> from, String key) {
    return map(from.get(key));
  }

  /** A map with its merge keys ({@code <<}) resolved, which YAML 1.2 leaves to programs. */
  private static Map<String, Object> map(Object value) {
    var map = new LinkedHashMap<String, Object>();
    ((Map<?, ?>) value)
        .forEach(
            (key, each) -> {
              if (key.equals("<<")) {
                map.putAll(map(each));
              } else {
                map.put(key.toString(), each);
              }
            });
    return map;
  }

  private static List<?> list(Map<String, Object> from, String key) {
    return (List<?>) from.get(key);
  }
}
