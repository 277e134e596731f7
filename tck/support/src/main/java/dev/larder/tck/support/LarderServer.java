package dev.larder.tck.support;

import dev.larder.server.LarderCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code larder serve} as a process of its own on any free port, with no class of the tests. */
public final class LarderServer implements AutoCloseable {
  private static final String SCHEME = "://";

  private final Process process;
  private final String host;
  private final String redisHost;

  private LarderServer(Process process, List<String> said) {
    this.process = process;
    this.host = host(said, "REST");
    this.redisHost = host(said, "RESP");
  }

  /** Starts one and waits until it answers. */
  public static LarderServer start() throws IOException {
    return start(Map.of());
  }

  /** Starts one with those variables. */
  public static LarderServer start(Map<String, String> variables) throws IOException {
    var path = Jvm.classPath(each -> !each.contains("test-classes"));
    return started(variables, "-cp", path, LarderCommand.class.getName());
  }

  /** Starts the packaged one, for tests on whose class path the server could not run. */
  public static LarderServer start(Path jar) throws IOException {
    if (!Files.exists(jar)) {
      throw new AssertionError(jar + " is not there: ./mvnw -pl server-lite -am package");
    }
    return started(Map.of(), "-jar", jar.toString());
  }

  private static LarderServer started(Map<String, String> variables, String... program)
      throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of(program));
    command.add("serve");
    var builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("LARDER_"));
    builder.environment().put("LARDER_PORT", "0");
    builder.environment().put("LARDER_RESP_PORT", "0");
    builder.environment().put("LARDER_LOG_LEVEL", "error");
    builder.environment().putAll(variables);
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new LarderServer(process, said(process));
  }

  private static List<String> said(Process process) throws IOException {
    var said = new ArrayList<String>();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.contains("dashboard")) {
        return said;
      }
    }
    process.destroyForcibly();
    throw new AssertionError("the server ended early: " + List.copyOf(said));
  }

  private static String host(List<String> said, String protocol) {
    return said.stream()
        .filter(each -> each.contains(protocol))
        .map(each -> each.substring(each.indexOf(SCHEME) + SCHEME.length()).strip())
        .findFirst()
        .orElseThrow();
  }

  /** What to put into {@code remote.hosts}. */
  public String host() {
    return host;
  }

  /** Where it speaks the Redis protocol: host and port. */
  public String redisHost() {
    return redisHost;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
