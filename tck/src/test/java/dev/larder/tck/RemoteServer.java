package dev.larder.tck;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * The server that the TCK runs against where its topology is {@code remote}: the runnable jar as a
 * process of its own, which has no class of the TCK. It is started before the first test of this
 * JVM and ends with it.
 */
public final class RemoteServer implements LauncherSessionListener {
  private static final String TOPOLOGY = "larder.topology";
  private static final String HOSTS = "larder.remote.hosts";
  private static final String JAR = "larder.tck.server";
  private static @Nullable Process running;

  /** For {@link java.util.ServiceLoader}. */
  public RemoteServer() {}

  @Override
  public void launcherSessionOpened(LauncherSession session) {
    if ("remote".equals(System.getProperty(TOPOLOGY))) {
      start();
    }
  }

  private static synchronized void start() {
    if (running != null) {
      return;
    }
    try {
      var process = new ProcessBuilder(command()).redirectErrorStream(true).start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
      running = process;
      System.setProperty(HOSTS, "127.0.0.1:" + port(process));
    } catch (IOException e) {
      throw new UncheckedIOException("the server for the TCK does not start", e);
    }
  }

  private static List<String> command() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    return List.of(
        java, "-jar", System.getProperty(JAR), "serve", "--port", "0", "--resp-port", "off");
  }

  /** What it says when it is ready; what it says later nobody reads, and it is little. */
  private static int port(Process process) throws IOException {
    var said = new ArrayList<String>();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    for (var line = out.readLine(); line != null; line = out.readLine()) {
      said.add(line);
      var at = line.indexOf("http://127.0.0.1:");
      if (at >= 0) {
        return Integer.parseInt(
            line.substring(at).replaceFirst("\\D+127\\.0\\.0\\.1:(\\d+).*", "$1"));
      }
    }
    throw new IOException("it ended early: " + said);
  }
}
