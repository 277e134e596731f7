package dev.larder.benchmarks.server;

import dev.larder.Clock;
import dev.larder.benchmarks.Machine;
import dev.larder.engine.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code larder bench server}. Exit codes: 0 done, 1 a server or tool failed, 2 wrong usage. */
@Command(
    name = "bench server",
    description = {
      "Measure the server against redis-server and against bare Netty.",
      "",
      "With redis-benchmark, wrk and h2load as they are; rows whose tool is not there are skipped"
          + " by name. Each server runs in a process of its own, and they take turns. Load and"
          + " server share this machine, so trust ratios of one run, on a machine that does nothing"
          + " else."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class ServerBench implements Callable<Integer> {
  private final Clock clock = SystemClock.instance();
  private final List<String> skipped = new ArrayList<>();

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(names = "--quick", description = "Short turns: under three minutes.")
  private boolean quick;

  @Option(
      names = "--rows",
      paramLabel = "TEXT",
      split = ";",
      description = "Rows only whose title has this text in it; several with ';' between.")
  private List<String> rows = List.of();

  @Option(names = "--no-footing", description = "Leave out start time and memory.")
  private boolean rowsOnly;

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each server in each row.")
  private @Nullable Integer rounds;

  @Option(names = "--seconds", paramLabel = "N", description = "Length of a turn, about.")
  private @Nullable Integer seconds;

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
      defaultValue = "target/bench-server",
      description = "Folder for the result (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("");

  private ServerBench() {}

  /** Runs the comparison and ends the process with its exit code. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new ServerBench()).execute(arguments));
  }

  @Override
  public Integer call() {
    var length = within("--seconds", seconds == null ? (quick ? 1 : 4) : seconds, 60);
    var times = within("--rounds", rounds == null ? (quick ? 2 : 7) : rounds, 100);
    try {
      var state = Files.createDirectories(out.resolve("state"));
      var scripts = new Scripts(Files.createDirectories(out.resolve("wrk")));
      var peers = new Peers(launcher, jar, state);
      var log = out.resolve("servers.log");
      var wanted = chosen(new Rows(scripts, length, this::skip).all());
      var begin = clock.ticks();
      var report = new Report(new Comparison(peers, times, clock, log, this::say).run(wanted));
      var footing =
          rowsOnly
              ? ""
              : "\n## The server by itself\n\n"
                  + Footing.of(peers, quick ? 3 : 9, clock, log, this::say).markdown();
      write(report, footing, (clock.ticks() - begin) / 1e9);
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("larder bench server: " + e.getMessage());
      return 1;
    }
  }

  private List<Row> chosen(List<Row> all) {
    var chosen =
        all.stream()
            .filter(row -> rows.isEmpty() || rows.stream().anyMatch(row.title()::contains))
            .toList();
    if (chosen.isEmpty() && !rows.isEmpty()) {
      var titles = String.join("; ", all.stream().map(Row::title).toList());
      throw new ParameterException(spec.commandLine(), "--rows: none of these: " + titles);
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

  private void write(Report report, String footing, double took) throws IOException {
    var text =
        "# Larder's server and its peers\n\n"
            + Machine.describe(clock)
            + String.format(Locale.ROOT, "\n- time of the run: %.0f s\n", took)
            + String.join("", skipped.stream().map(each -> "- skipped: " + each + "\n").toList())
            + "\n## Requests a second\n\n"
            + report.markdown()
            + footing;
    Files.writeString(out.resolve("bench-server.md"), text);
    Files.writeString(out.resolve("bench-server.csv"), report.csv());
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
