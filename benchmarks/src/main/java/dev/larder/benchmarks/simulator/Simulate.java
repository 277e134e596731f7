package dev.larder.benchmarks.simulator;

import dev.larder.server.console.Progress;
import dev.larder.server.console.Terminal;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code larder simulate}. Exit codes: 0 done, 1 a contender failed, 2 bad input. */
@Command(
    name = "simulate",
    description = {
      "Replay recorded accesses against eviction policies and count hits.",
      "",
      "Policies are those of Larder, by the names that the configuration knows, the real Caffeine and"
          + " cache2k, and published policies for comparison. `all` means every one."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Simulate implements Callable<Integer> {
  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      split = ",",
      required = true,
      description = "What was accessed: files, or folders of them.")
  private List<Path> traces = new ArrayList<>();

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      split = ",",
      defaultValue = "all",
      description = "Policies by name (default: ${DEFAULT-VALUE}). A wrong name lists them.")
  private List<String> policies = new ArrayList<>();

  @Option(
      names = "--size",
      paramLabel = "SIZE",
      split = ",",
      defaultValue = "0.1%,0.5%,1%,5%,10%,20%",
      description = {
        "Capacities: entries (512, 10k) or a share of the different keys (1%%). For a trace with"
            + " weights, so much weight or a share of all of it (default: ${DEFAULT-VALUE})."
      })
  private List<String> sizes = new ArrayList<>();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = "auto",
      description = "auto, u64, arc, lirs, plain or weighted (default: ${DEFAULT-VALUE}).")
  private String format = "auto";

  @Option(names = "--csv", paramLabel = "FILE", description = "Write every outcome to this file.")
  private @Nullable Path csv;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      description = "Draw charts of hit ratio by size to this file.")
  private @Nullable Path png;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Replays at a time, 1 to 256 (default: one for each processor).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--split",
      paramLabel = "N",
      description = {
        "Replay against real caches with Larder's policies, too, by one thread and split over N, 2"
            + " to 256, and tell how far the hit ratios differ."
      })
  private @Nullable Integer split;

  @Option(
      names = "--min-capacity",
      paramLabel = "N",
      defaultValue = "1",
      description = "Leave out sizes that are smaller for a trace (default: ${DEFAULT-VALUE}).")
  private long leastCapacity = 1;

  @Option(
      names = "--summary",
      description = "Means over all traces and sizes; printed for several traces anyway.")
  private boolean summary;

  @Option(names = "--quiet", description = "No progress, results only.")
  private boolean quiet;

  private Simulate() {}

  /** Runs the simulator and ends the process with its exit code. */
  public static void main(String... arguments) {
    // For the charts: there may be no display.
    System.setProperty("java.awt.headless", "true");
    System.exit(command().execute(arguments));
  }

  static CommandLine command() {
    return new CommandLine(new Simulate());
  }

  @Override
  public Integer call() {
    try {
      return simulate();
    } catch (BadInputException e) {
      return failed(2, e.getMessage());
    } catch (IllegalStateException e) {
      return failed(1, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(1, "interrupted");
    }
  }

  private int failed(int exitCode, @Nullable String why) {
    spec.commandLine().getErr().println("larder simulate: " + why);
    return exitCode;
  }

  private int simulate() throws BadInputException, InterruptedException {
    if (threads < 1 || threads > 256) {
      throw new BadInputException("--threads " + threads + ": allowed are 1 to 256");
    }
    if (split != null && (split < 2 || split > 256)) {
      throw new BadInputException("--split " + split + ": allowed are 2 to 256");
    }
    if (leastCapacity < 1) {
      throw new BadInputException("--min-capacity " + leastCapacity + ": must be 1 or more");
    }
    var contenders = new Contenders(getClass().getClassLoader()).named(words(policies));
    var capacities = capacities();
    var files = TraceFiles.find(traces, format());
    var csvFile = csv == null ? null : new OutputFile("--csv", csv);
    var pngFile = png == null ? null : new OutputFile("--png", png);
    var results = replay(files, contenders, capacities);
    if (results.all().isEmpty()) {
      throw new BadInputException("no trace is large enough for any --size; " + Size.ALLOWED);
    }
    if (summary || files.size() > 1) {
      spec.commandLine().getOut().print(new Summary(results).text());
      spec.commandLine().getOut().flush();
    }
    if (csvFile != null) {
      csvFile.write(Tables.csv(results));
    }
    if (pngFile != null) {
      pngFile.write(Charts.draw(results));
    }
    return 0;
  }

  private Results replay(List<Path> files, List<Contender> contenders, List<Size> capacities)
      throws BadInputException, InterruptedException {
    var out = spec.commandLine().getOut();
    var results = new Results();
    try (var replays = new Replays(threads, progress())) {
      for (var file : files) {
        var trace = TraceReader.read(file, format());
        var cells = cells(trace, able(trace, contenders), capacities, files.size() == 1);
        replays.run(trace, cells).forEach(results::add);
        if (!cells.isEmpty()) {
          out.print(Tables.text(results, trace) + split(trace, cells));
          out.flush();
        }
      }
    }
    return results;
  }

  private String split(Trace trace, List<Replays.Cell> cells) throws InterruptedException {
    if (split == null) {
      return "";
    }
    try (var replays = new SplitReplays(split, progress())) {
      return replays.table(trace, cells);
    }
  }

  /** The contenders that can replay the trace. */
  private List<Contender> able(Trace trace, List<Contender> contenders) throws BadInputException {
    var able = contenders.stream().filter(c -> c.weights() || !trace.weighted()).toList();
    var others = contenders.stream().filter(c -> !able.contains(c)).map(Contender::name).toList();
    var what = String.join(", ", others) + ": no weights, but " + trace.name() + " has them";
    if (able.isEmpty()) {
      throw new BadInputException("--policy " + what + "; larder and peers can bound weight");
    }
    if (!others.isEmpty()) {
      note(what + "; left out");
    }
    return able;
  }

  /** Every contender at every size; of several traces, the smaller ones may miss small sizes. */
  private List<Replays.Cell> cells(
      Trace trace, List<Contender> contenders, List<Size> capacities, boolean alone)
      throws BadInputException {
    List<Replays.Cell> cells = new ArrayList<>();
    for (var size : capacities) {
      long capacity = size.of(trace);
      if (capacity >= leastCapacity) {
        contenders.forEach(contender -> cells.add(new Replays.Cell(contender, size, capacity)));
      } else {
        tooSmall(size, capacity, trace, alone);
      }
    }
    return cells;
  }

  private void tooSmall(Size size, long capacity, Trace trace, boolean alone)
      throws BadInputException {
    var what =
        String.format(
            Locale.ROOT,
            "--size %s of %s (%,d keys) is %s",
            size.word(),
            trace.name(),
            trace.distinct(),
            capacity == 0 ? "less than one entry" : "less than --min-capacity " + leastCapacity);
    if (alone) {
      throw new BadInputException(what + "; " + Size.ALLOWED);
    }
    note(what + "; left out");
  }

  private void note(String what) {
    if (!quiet) {
      spec.commandLine().getErr().println(what);
    }
  }

  private @Nullable TraceFormat format() throws BadInputException {
    if (format.equals("auto")) {
      return null;
    }
    return Arrays.stream(TraceFormat.values())
        .filter(known -> known.word().equals(format))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "--format " + format + ": allowed are auto, " + TraceFormat.list()));
  }

  private List<Size> capacities() throws BadInputException {
    List<Size> parsed = new ArrayList<>();
    for (var word : words(sizes)) {
      parsed.add(Size.parse(word));
    }
    return parsed;
  }

  private static List<String> words(List<String> given) {
    return new ArrayList<>(new LinkedHashSet<>(given.stream().map(String::strip).toList()));
  }

  private Progress progress() {
    if (quiet) {
      return Progress.silent();
    }
    return Terminal.present()
        ? Progress.bar(System.err, Terminal.columns())
        : Progress.lines(new PrintWriter(spec.commandLine().getErr(), true));
  }
}
