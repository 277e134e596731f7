package dev.larder.tck.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two applications in processes of their own, and the packaged server in a third. */
@Timeout(180)
class InServerTest {
  private static final Path JAR = Path.of(System.getProperty("larder.tck.server"));
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();

  @TempDir private Path folder;
  private final List<Process> processes = new ArrayList<>();
  private final List<String> said = new ArrayList<>();

  /** A build that ends with the phase `test` packages no jar. */
  @BeforeAll
  static void serverIsPackaged() {
    assumeTrue(Files.exists(JAR), JAR + " is not there: ./mvnw -pl server-lite -am package");
  }

  @AfterEach
  void end() {
    processes.forEach(Process::destroyForcibly);
  }

  @Test
  void oneProcessComputesForBothAndTheOtherReadsItsObjects() throws IOException {
    var address = "http://127.0.0.1:";
    var server = run("-jar", JAR.toString(), "serve", "--port", "0", "--resp-port", "off");
    var line = hears(server, address);
    var port = line.substring(line.indexOf(address) + address.length()).replaceFirst("\\D.*", "");
    var yaml =
        Running.yaml(
            folder, "topology: remote\nremote: {hosts: '127.0.0.1:" + port + "', timeout: 20s}\n");
    var one = cook(yaml);
    var other = cook(yaml);
    hears(one, "ready");
    hears(other, "ready");

    tell(one, "ask soup");
    hears(one, "computing soup");
    tell(other, "ask soup");
    hears(other, "asking soup");
    tell(one, "go");
    var got = hears(one, "got Dish[name=soup");
    assertEquals(got, hears(other, "got "));
    assertFalse(
        said.lastIndexOf("computing soup") > said.indexOf("computing soup"), said::toString);
  }

  private Process run(String... command) throws IOException {
    var line = new ArrayList<>(List.of(JAVA, "-Xmx256m", "-XX:TieredStopAtLevel=1"));
    line.addAll(List.of(command));
    var builder = new ProcessBuilder(line).redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("LARDER_"));
    var process = builder.start();
    processes.add(process);
    return process;
  }

  private Process cook(Path yaml) throws IOException {
    var path =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return run("-cp", path, Cook.class.getName(), yaml.toString());
  }

  private static void tell(Process process, String what) throws IOException {
    var in = process.outputWriter();
    in.write(what);
    in.newLine();
    in.flush();
  }

  /** Reads what the process says up to a line that has this in it. */
  private String hears(Process process, String part) throws IOException {
    BufferedReader out = process.inputReader();
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.contains(part)) {
        return line;
      }
    }
    throw new AssertionError("waited in vain for '" + part + "': " + said);
  }
}
