package dev.larder.examples.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The README of this example, done by a machine: a server, two programs at once, one more. One of
 * the two runs from a module path.
 */
class SharingTest {
  private static final String SERVER = "dev.larder.server.LarderCommand";
  private static final String MODULE = "dev.larder.examples.remote";
  private static final String PROGRAM = Reports.class.getName();
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private static final String OWN = Path.of("target/classes").toAbsolutePath().toString();

  /** What the program needs beside itself, be it from the folders of the build or from jars. */
  private static final Pattern NEEDED =
      Pattern.compile(
          ".*(/(api|engine|remote-client)/target/.*"
              + "|/larder-(api|engine|client)-[^/]*\\.jar"
              + "|/(okhttp-jvm|okhttp-sse|okio-jvm|kotlin-stdlib|annotations"
              + "|jackson-annotations|jackson-core|jackson-databind|jackson-dataformat-cbor)-\\d[^/]*\\.jar)");

  private static final int ALL = 60;
  private static final Pattern COMPUTED =
      Pattern.compile("got (\\d+) reports: computed (\\d+), .*");

  @Test
  @Timeout(300)
  void eachReportIsComputedOnceForAllProcesses() throws Exception {
    var server =
        java(
            Map.of("LARDER_PORT", "0", "LARDER_RESP_PORT", "off"),
            "-cp",
            CLASS_PATH,
            SERVER,
            "serve");
    try {
      var host = host(server);
      var one = java(Map.of(), "-cp", CLASS_PATH, PROGRAM, host, "one");
      var two = java(Map.of(), "-p", modulePath(), "-m", MODULE + "/" + PROGRAM, host, "two");
      var first = computed(one);
      var second = computed(two);
      assertEquals(ALL, first + second, "one computed what the other had computed");

      assertEquals(0, computed(java(Map.of(), "-cp", CLASS_PATH, PROGRAM, host, "three")));
    } finally {
      server.destroyForcibly();
    }
  }

  private static String modulePath() {
    return Arrays.stream(CLASS_PATH.split(File.pathSeparator))
        .filter(path -> OWN.equals(path) || NEEDED.matcher(path).matches())
        .filter(path -> !path.contains("test-classes") && !path.contains("-tests"))
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static Process java(Map<String, String> variables, String... command) throws IOException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("-Xmx256m");
    line.addAll(List.of(command));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LARDER_"));
    builder.environment().putAll(variables);
    return builder.start();
  }

  /** What the server says of its address, once it is ready. */
  private static String host(Process server) throws IOException {
    var said = new ArrayList<String>();
    var out = server.inputReader();
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.contains("REST")) {
        return line.substring(line.indexOf("//") + 2).strip();
      }
    }
    throw new AssertionError("the server ended early: " + said);
  }

  private static int computed(Process process) throws IOException, InterruptedException {
    try (var out = process.inputReader()) {
      var lines = out.lines().toList();
      assertEquals(0, process.waitFor(), lines::toString);
      var last = COMPUTED.matcher(lines.get(lines.size() - 1));
      assertTrue(last.matches(), lines::toString);
      assertEquals(ALL, Integer.parseInt(last.group(1)), lines::toString);
      return Integer.parseInt(last.group(2));
    } finally {
      process.destroyForcibly();
    }
  }
}
