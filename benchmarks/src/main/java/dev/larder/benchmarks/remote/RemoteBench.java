package dev.larder.benchmarks.remote;

import dev.larder.Clock;
import dev.larder.benchmarks.Machine;
import dev.larder.benchmarks.server.Peers;
import dev.larder.benchmarks.server.Tool;
import dev.larder.engine.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code larder bench remote}. Exit codes: 0 done, 1 something failed, 2 wrong usage. */
@Command(
    name = "bench remote",
    description = {
      "Measure the remote client over Larder's server against Jedis and Lettuce over redis-server.",
      "",
      "Each client runs in a process of its own, and they take turns. Clients and servers share this"
          + " machine, so trust ratios of one run, on a machine that does nothing else. Processor"
          + " time is that of the whole process."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class RemoteBench implements Callable<Integer> {
  private static final String REDIS = "redis-server";

  private final Clock clock = SystemClock.instance();
  private final List<String> skipped = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(names = "--quick", description = "Short turns: some minutes.")
  private boolean quick;

  @Option(
      names = "--rows",
      paramLabel = "TEXT",
      split = ";",
      description = "Rows only whose title has this text in it; several with ';' between.")
  private List<String> rows = List.of();

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each client in each row.")
  private @Nullable Integer rounds;

  @Option(names = "--millis", paramLabel = "N", description = "Length of a turn.")
  private @Nullable Integer millis;

  @Option(
      names = "--launcher",
      paramLabel = "FILE",
      defaultValue = "packaging/larder",
      description = "What starts the server (default: ${DEFAULT-VALUE}).")
  private Path launcher = Path.of("");

  @Option(
      names = "--jar",
      paramLabel = "FILE",
      defaultValue = "server-lite/target/larder.jar",
      description = "The server (default: ${DEFAULT-VALUE}).")
  private Path jar = Path.of("");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/bench-remote",
      description = "Folder for the result (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  private RemoteBench() {}

  /** Runs the comparison and ends the process with its exit code. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new RemoteBench()).execute(arguments));
  }

  @Override
  public Integer call() {
    var length = within("--millis", millis == null ? (quick ? 400 : 2_000) : millis, 60_000);
    var times = within("--rounds", rounds == null ? (quick ? 3 : 7) : rounds, 100);
    try {
      var state = Files.createDirectories(out.resolve("state"));
      var redis = Tool.find(REDIS);
      var wanted = chosen(redis);
      var begin = clock.ticks();
      var comparison =
          new Comparison(
              new Peers(launcher, jar, state),
              redis,
              length,
              times,
              clock,
              out.resolve("processes.log"),
              this::say);
      write(new Report(comparison.run(wanted)), (clock.ticks() - begin) / 1e9);
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("larder bench remote: " + e.getMessage());
      return 1;
    }
  }

  private List<Row> chosen(Optional<Tool> redis) {
    var all = Row.all();
    var chosen =
        all.stream()
            .filter(row -> rows.isEmpty() || rows.stream().anyMatch(row.title()::contains))
            .toList();
    if (chosen.isEmpty()) {
      var titles = String.join("; ", all.stream().map(Row::title).toList());
      throw new ParameterException(spec.commandLine(), "--rows: none of these: " + titles);
    }
    if (redis.isEmpty()) {
      skip("Jedis and Lettuce: no " + REDIS + " on the PATH");
      return chosen.stream().map(Row::withoutRedis).toList();
    }
    return chosen;
  }

  private int within(String option, int value, int maximum) {
    if (value < 1 || value > maximum) {
      throw new ParameterException(
          spec.commandLine(), option + " " + value + ": allowed are 1 to " + maximum);
    }
    return value;
  }

  private void write(Report report, double took) throws IOException {
    var text =
        "# Larder's remote client and its peers\n\n"
            + Machine.describe(clock)
            + String.format(Locale.ROOT, "\n- time of the run: %.0f s\n", took)
            + String.join("", skipped.stream().map(each -> "- skipped: " + each + "\n").toList())
            + "\n"
            + report.markdown();
    Files.writeString(out.resolve("bench-remote.md"), text);
    Files.writeString(out.resolve("bench-remote.csv"), report.csv());
    spec.commandLine().getOut().println(text);
    spec.commandLine().getOut().flush();
  }

  private void skip(String what) {
    skipped.add(what);
    say("skipped: " + what);
  }

  private void say(String done) {
    spec.commandLine().getErr().println(done);
  }
}
