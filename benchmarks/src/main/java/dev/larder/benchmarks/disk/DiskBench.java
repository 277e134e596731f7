package dev.larder.benchmarks.disk;

import dev.larder.benchmarks.Machine;
import dev.larder.engine.SystemClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code larder bench disk}. Exit codes: 0 done, 1 a peer failed, 2 wrong usage. */
@Command(
    name = "bench disk",
    description = {
      "Measure the disk tier against plain SQLite, RocksDB and the disk tier of Ehcache.",
      "",
      "Each runs in a process of its own, and they take turns. Times are processor time of the whole"
          + " process, background work included. Files go to a folder that is emptied first."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DiskBench implements Callable<Integer> {
  private static final List<Integer> SIZES = List.of(100, 1_024, 65_536);

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(names = "--quick", description = "Few entries and short turns: some minutes.")
  private boolean quick;

  @Option(names = "--peers", paramLabel = "NAME", split = ",", description = "These only.")
  private List<String> peers = List.of();

  @Option(names = "--sizes", paramLabel = "BYTES", split = ",", description = "Lengths of values.")
  private List<Integer> sizes = SIZES;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,8",
      description = "Numbers of threads (default: ${DEFAULT-VALUE}).")
  private List<Integer> threads = List.of();

  @Option(names = "--rounds", paramLabel = "N", description = "Turns of each peer in each row.")
  private @Nullable Integer rounds;

  @Option(names = "--millis", paramLabel = "N", description = "Length of a turn.")
  private @Nullable Integer millis;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "target/bench-disk",
      description = "Folder for files and result (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("target/bench-disk");

  private DiskBench() {}

  /** Runs the comparison and ends the process with its exit code. */
  public static void main(String... arguments) {
    System.exit(new CommandLine(new DiskBench()).execute(arguments));
  }

  @Override
  public Integer call() {
    var settings = settings();
    try {
      var files = Files.createDirectories(out.resolve("files"));
      var comparison = new Comparison(settings, files, out.resolve("peers.log"), this::say);
      var report = new Report(settings.peers(), comparison.run(), comparison.restart());
      Comparison.delete(files);
      var text =
          "# Larder's disk tier and its peers\n\n"
              + Machine.describe(SystemClock.instance())
              + "\n\n"
              + report.markdown();
      Files.writeString(out.resolve("bench-disk.md"), text);
      Files.writeString(out.resolve("bench-disk.csv"), report.csv());
      spec.commandLine().getOut().println(text);
      spec.commandLine().getOut().flush();
      return 0;
    } catch (IOException e) {
      spec.commandLine().getErr().println("larder bench disk: " + e.getMessage());
      return 1;
    }
  }

  private Comparison.Settings settings() {
    return new Comparison.Settings(
        peers.isEmpty() ? List.of(Peer.values()) : peers.stream().map(this::peer).toList(),
        sizes.stream().map(size -> within("--sizes", size, 1 << 20)).toList(),
        threads.stream().map(count -> within("--threads", count, 64)).toList(),
        quick ? 50_000 : 1_000_000,
        quick ? 100_000 : 1_000_000,
        within("--millis", millis == null ? (quick ? 400 : 2_000) : millis, 60_000),
        within("--rounds", rounds == null ? (quick ? 2 : 5) : rounds, 100));
  }

  private Peer peer(String word) {
    return Arrays.stream(Peer.values())
        .filter(peer -> peer.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new ParameterException(
                    spec.commandLine(),
                    "--peers "
                        + word
                        + ": allowed are "
                        + Arrays.stream(Peer.values())
                            .map(Peer::word)
                            .collect(Collectors.joining(", "))));
  }

  private int within(String option, int value, int maximum) {
    if (value < 1 || value > maximum) {
      throw new ParameterException(
          spec.commandLine(), option + " " + value + ": allowed are 1 to " + maximum);
    }
    return value;
  }

  private void say(String done) {
    spec.commandLine().getErr().println(done);
  }
}
