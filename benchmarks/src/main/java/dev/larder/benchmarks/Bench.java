package dev.larder.benchmarks;

import dev.larder.Clock;
import dev.larder.engine.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code larder bench}. Exit codes: 0 done, 1 a peer failed, 2 wrong usage. */
@Command(
    name = "bench",
    description = {
      "Measure Larder against other caches, side by side.",
      "",
      "Each peer runs in a process of its own, and they take turns. Prints tables of operations per"
          + " microsecond and writes them, with every sample, to a folder. `bench jmh` with options"
          + " of JMH runs the same under JMH."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Bench implements Callable<Integer> {
  /** Below this share something else took so much time that the wall clock says little. */
  private static final double QUIET = 0.9;

  private final Clock clock;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--quick",
      description = "Short rounds: under three minutes instead of half an hour.")
  private boolean quick;

  @Option(
      names = "--peers",
      paramLabel = "NAME",
      split = ",",
      description = "Measure these only, by their names in the CSV file.")
  private List<String> peers = new ArrayList<>();

  @Option(names = "--cases", paramLabel = "NAME", split = ",", description = "These cases only.")
  private List<String> cases = new ArrayList<>();

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,2",
      description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads = new ArrayList<>();

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each peer in each row.")
  private @Nullable Integer rounds;

  @Option(names = "--millis", paramLabel = "N", description = "Length of a turn.")
  private @Nullable Integer millis;

  @Option(
      names = "--footprint",
      description = "Measure bytes for each entry, too (about a minute).")
  private boolean footprint;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/bench",
      description = "Folder for the result (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("target/bench");

  private Bench(Clock clock) {
    this.clock = clock;
  }

  /** Runs the comparison and ends the process with its exit code. */
  public static void main(String... arguments) throws IOException {
    if (arguments.length > 0 && arguments[0].equals("jmh")) {
      org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    System.exit(new CommandLine(new Bench(SystemClock.instance())).execute(arguments));
  }

  @Override
  public Integer call() {
    var settings = settings();
    try {
      Files.createDirectories(out);
      var results = new Comparison(settings, out.resolve("peers.log"), this::say).run();
      report(new Tables(results), results.processorShare(), footprint(settings.peers()));
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("larder bench: " + e.getMessage());
      return 1;
    }
  }

  private Comparison.Settings settings() {
    return new Comparison.Settings(
        chosen(peers, Peer.values(), Peer::word, "--peers"),
        chosen(cases, Case.values(), Case::word, "--cases"),
        threads.stream().map(count -> within("--threads", count, 64)).toList(),
        quick ? 200 : 2_000,
        within("--millis", millis == null ? (quick ? 80 : 1_000) : millis, 60_000),
        within("--rounds", rounds == null ? (quick ? 3 : 7) : rounds, 100));
  }

  private int within(String option, int value, int maximum) {
    if (value < 1 || value > maximum) {
      throw new ParameterException(
          spec.commandLine(), option + " " + value + ": allowed are 1 to " + maximum);
    }
    return value;
  }

  private <T> List<T> chosen(List<String> words, T[] all, Function<T, String> word, String option) {
    var known = Arrays.stream(all).collect(Collectors.toMap(word, Function.identity()));
    for (var each : words) {
      if (!known.containsKey(each)) {
        var allowed = Arrays.stream(all).map(word).collect(Collectors.joining(", "));
        throw new ParameterException(
            spec.commandLine(), option + " " + each + ": allowed are " + allowed);
      }
    }
    return words.isEmpty() ? List.of(all) : words.stream().map(known::get).toList();
  }

  private String footprint(List<Peer> measured) throws IOException {
    return footprint
        ? "## Bytes for each entry, beyond its key and value objects\n\n"
            + Footprint.table(measured, out.resolve("peers.log"))
            + "\n"
        : "";
  }

  private void report(Tables tables, double share, String bytes) throws IOException {
    var head =
        "# Larder and its peers\n\n"
            + Machine.describe(clock)
            + String.format(
                Locale.ROOT, "\n- processor time that the peers got: %.0f %%\n\n", share * 100);
    var wall = tables.markdown(Measure.WALL);
    var processor = tables.markdown(Measure.PROCESSOR);
    Files.writeString(out.resolve("bench.md"), head + wall + processor + bytes);
    Files.writeString(out.resolve("bench.csv"), tables.csv());
    var print = spec.commandLine().getOut();
    print.println(head + (share < QUIET ? processor : wall) + bytes);
    if (share < QUIET) {
      print.println("This machine was busy, so the tables count processor time.");
    }
    print.println("Both measures and every sample: " + out.resolve("bench.md") + ", bench.csv");
    print.flush();
  }

  private void say(String done) {
    spec.commandLine().getErr().println("measured " + done);
  }
}
