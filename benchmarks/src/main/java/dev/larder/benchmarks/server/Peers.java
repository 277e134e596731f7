package dev.larder.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is measured, and how each is started.
 *
 * @param launcher the script that starts Larder's server as it is installed
 * @param jar the server
 * @param state where the launcher keeps its archive of classes
 */
public record Peers(Path launcher, Path jar, Path state) {
  static final String LARDER = "Larder";
  static final String REDIS = "redis-server";
  static final String BARE = "bare Netty";

  /** What Larder may hold in the rows: nothing is evicted in any of them. */
  private static final Map<String, String> ROOMY =
      Map.of("LARDER_MAX_SIZE", "3000000", "LARDER_MAX_MEMORY_MB", "1024");

  /** Larder as the launcher starts it, with room for everything. */
  public ServerProcess.Plan larder() throws IOException {
    return larder(ROOMY);
  }

  /** Larder as somebody gets it who sets nothing. */
  ServerProcess.Plan larderAsItComes() throws IOException {
    return larder(Map.of());
  }

  private ServerProcess.Plan larder(Map<String, String> settings) throws IOException {
    if (!Files.isExecutable(launcher) || !Files.isRegularFile(jar)) {
      throw new IOException("no server to measure: " + launcher + " or " + jar + " is not there");
    }
    var resp = ServerProcess.freePort();
    var http = ServerProcess.freePort();
    var all = new HashMap<>(settings);
    all.put("LARDER_PORT", String.valueOf(http));
    all.put("LARDER_RESP_PORT", String.valueOf(resp));
    all.put("LARDER_LOG_LEVEL", "warn");
    var command =
        List.of(
            launcher.toAbsolutePath().toString(),
            "--jar",
            jar.toAbsolutePath().toString(),
            "--state",
            state.toAbsolutePath().toString(),
            "serve");
    return new ServerProcess.Plan(LARDER, command, all, resp, http);
  }

  /** Redis without snapshots and log of writes: memory only, like Larder. */
  public static ServerProcess.Plan redis(Tool server) throws IOException {
    var resp = ServerProcess.freePort();
    var command = new ArrayList<String>();
    command.add(server.path().toString());
    command.addAll(List.of("--port", String.valueOf(resp), "--bind", ServerProcess.HOST));
    command.addAll(List.of("--save", "", "--appendonly", "no", "--loglevel", "warning"));
    return new ServerProcess.Plan(REDIS, command, Map.of(), resp, 0);
  }

  /** The baseline of HTTP, in a process like Larder's. */
  static ServerProcess.Plan bare() throws IOException {
    var http = ServerProcess.freePort();
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseParallelGC",
            "-Xms64m",
            "-Xmx512m",
            "-cp",
            System.getProperty("java.class.path"),
            BareHttp.class.getName(),
            String.valueOf(http));
    return new ServerProcess.Plan(BARE, command, Map.of(), 0, http);
  }
}
