package dev.larder.server.load;

import dev.larder.Clock;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code larder bench --server URL}. Exit code 0 when it was measured, 1 when the server could not
 * be reached, failed or refused a request, 2 on wrong usage.
 */
@Command(
    name = "bench",
    description = {
      "Load a running server over the network and measure it.",
      "",
      "Works on any server of the Redis protocol, and on Larder's HTTP paths. Entries are stored"
          + " first where the load reads, and removed afterwards; their keys begin with --prefix.",
      "Closed loop: each connection keeps --pipeline requests under way and asks again when it has"
          + " an answer, so a pause of the server counts once for each of them (coordinated"
          + " omission).",
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class BenchCommand implements Callable<Integer> {
  private final Clock clock;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--server",
      paramLabel = "URL",
      required = true,
      description =
          "redis://[:PASSWORD@]HOST[:PORT], rediss:// with TLS, http:// or https:// (HTTP/1.1).")
  private String server = "";

  @Option(
      names = "--operation",
      paramLabel = "WORD",
      defaultValue = "mixed",
      description = "get, set, mixed, batch_get or batch_set (default: ${DEFAULT-VALUE}).")
  private String operation = "";

  @Option(
      names = "--reads",
      paramLabel = "SHARE",
      defaultValue = "0.8",
      description = "Share of reads in mixed, 0 to 1 (default: ${DEFAULT-VALUE}).")
  private double reads;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "50",
      description = "Open at once (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--pipeline",
      paramLabel = "N",
      defaultValue = "1",
      description = "Requests under way on each connection (default: ${DEFAULT-VALUE}).")
  private int pipeline;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that drive the connections (default: ${DEFAULT-VALUE}).")
  private int threads;

  @Option(
      names = "--value-size",
      paramLabel = "BYTES",
      defaultValue = "100",
      description = "Length of a value (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "10000",
      description = "Different keys, drawn evenly (default: ${DEFAULT-VALUE}).")
  private int keys;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "100",
      description = "Entries in one request of a batch (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--operations",
      paramLabel = "N",
      defaultValue = "1000000000",
      description = "End after so many values (default: ${DEFAULT-VALUE}).")
  private long operations;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "End after so long, at most 3600 (default: ${DEFAULT-VALUE}).")
  private long seconds;

  @Option(
      names = "--warmup",
      paramLabel = "SECONDS",
      defaultValue = "2",
      description = "For so long before, not measured (default: ${DEFAULT-VALUE}).")
  private long warmup;

  @Option(
      names = "--prefix",
      paramLabel = "TEXT",
      defaultValue = "larder-bench:",
      description = "How the keys begin (default: ${DEFAULT-VALUE}).")
  private String prefix = "";

  @Option(names = "--insecure", description = "Take any certificate of the server for good.")
  private boolean insecure;

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  @Option(names = "--no-progress", description = "Print the result only.")
  private boolean quiet;

  /** A command that measures with this clock. */
  public BenchCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    try {
      var load = new Load(Target.of(server), clock, quiet ? silent() : this::say);
      var result = (insecure ? load.trusting() : load).run(plan());
      print(result);
      return result.refused() == 0 ? 0 : 1;
    } catch (IllegalArgumentException e) {
      spec.commandLine().getErr().println("larder bench: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      spec.commandLine().getErr().println("larder bench: " + e.getMessage());
      return 1;
    }
  }

  private Plan plan() {
    return new Plan(
        Kind.of(operation),
        reads,
        new Plan.Pressure(connections, pipeline, threads),
        new Plan.Data(prefix, keys, bytes, batch),
        operations,
        Duration.ofSeconds(seconds),
        Duration.ofSeconds(warmup));
  }

  private void print(LoadResult result) {
    var out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonMapper.shared().writeValueAsString(result.members()));
    } else {
      out.print(result.text());
    }
    out.flush();
  }

  private static Load.Pulse silent() {
    return (part, elapsed, values) -> {};
  }

  private void say(String part, Duration elapsed, long values) {
    var err = spec.commandLine().getErr();
    err.printf(
        Locale.ROOT,
        "%-9s %4d s  %,15d values  %,11.0f/s%n",
        part,
        elapsed.toSeconds(),
        values,
        values / Math.max(1e-3, elapsed.toMillis() / 1e3));
    err.flush();
  }
}
