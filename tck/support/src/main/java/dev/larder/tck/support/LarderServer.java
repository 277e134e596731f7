package dev.larder.tck.support;

import dev.larder.server.LarderCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code larder serve} as a process of its own on any free port, with no class of the tests. */
public final class LarderServer implements AutoCloseable {
  private static final String WEB = "http://";

  private final Process process;
  private final String host;

  private LarderServer(Process process, String host) {
    this.process = process;
    this.host = host;
  }

  /** Starts one and waits until it answers. */
  public static LarderServer start() throws IOException {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            Jvm.classPath(path -> !path.contains("test-classes")),
            LarderCommand.class.getName(),
            "serve");
    builder.environment().keySet().removeIf(name -> name.startsWith("LARDER_"));
    builder.environment().put("LARDER_PORT", "0");
    builder.environment().put("LARDER_RESP_PORT", "off");
    builder.environment().put("LARDER_LOG_LEVEL", "error");
    var process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    return new LarderServer(process, host(process));
  }

  private static String host(Process process) throws IOException {
    var said = new ArrayList<String>();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      if (line.contains("dashboard")) {
        return said.stream()
            .filter(each -> each.contains("REST"))
            .map(each -> each.substring(each.indexOf(WEB) + WEB.length()).strip())
            .findFirst()
            .orElseThrow();
      }
    }
    process.destroyForcibly();
    throw new AssertionError("the server ended early: " + List.copyOf(said));
  }

  /** What to put into {@code remote.hosts}. */
  public String host() {
    return host;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
