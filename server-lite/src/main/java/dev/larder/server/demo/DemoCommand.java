package dev.larder.server.demo;

import dev.larder.Clock;
import dev.larder.server.console.Progress;
import dev.larder.server.console.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code larder demo}. Exit code 0 when both runs returned the same data, 1 when they did not or
 * the database failed, 2 when the input was bad.
 */
@Command(
    name = "demo",
    description = {
      "Replay a web site's requests against a database, without a cache and with Larder.",
      "",
      "The database is H2 in a temporary folder, removed afterwards. Without --trace the requests"
          + " are those of web07, 76,118 requests for 20,484 pages of a real web site (headissue"
          + " GmbH, CC BY 4.0)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class DemoCommand implements Callable<Integer> {
  private static final int MAXIMUM_ROWS = 1_000_000;
  private static final int MAXIMUM_LOOKUPS = 10_000_000;

  private final Clock clock;

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--entries",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Products that the cache may hold (default: ${DEFAULT-VALUE}).")
  private int entries;

  @Option(
      names = "--passes",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often the trace is replayed (default: ${DEFAULT-VALUE}).")
  private int passes;

  @Option(
      names = "--rows",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Products in the database, 1 to 1000000 (default: ${DEFAULT-VALUE}).")
  private int rows;

  @Option(
      names = "--trace",
      paramLabel = "FILE",
      description =
          "Requests of your own: a gzip of little-endian 64-bit keys, or plain UTF-8 text with one"
              + " key a line (an address, an id), at most 5000000.")
  private @Nullable Path file;

  @Option(
      names = "--disk",
      description =
          "Keep all products in a file too, in a temporary folder, and --entries of them in"
              + " memory.")
  private boolean disk;

  @Option(names = "--no-progress", description = "Print the result only.")
  private boolean quiet;

  /** A command that measures with this clock. */
  public DemoCommand(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    try {
      checkParts();
      var trace = file == null ? TraceReader.example() : TraceReader.file(file);
      check(trace);
      var report =
          new Demo(trace, new Demo.Settings(rows, entries, passes, disk), clock).run(progress());
      out.printf(
          Locale.ROOT,
          "%n%s: %,d look-ups of %,d pages, %,d products, a cache of %,d%s%n",
          trace.name(),
          trace.length() * passes,
          trace.distinct(),
          rows,
          entries,
          disk ? " over one on disk" : "");
      report.print(out);
      if (disk) {
        out.println(
            "This database answers from the memory of this process, in microseconds. A file pays"
                + " where a query costs more than that: look at the queries saved.");
      }
      out.println(next());
      return report.same() ? 0 : 1;
    } catch (IOException | SQLException e) {
      spec.commandLine().getErr().println("larder demo: the database failed: " + e.getMessage());
      return 1;
    } catch (BadInputException e) {
      spec.commandLine().getErr().println("larder demo: " + e.getMessage());
      return 2;
    }
  }

  /** The runnable jar has neither database nor trace: together they are a sixth of its size. */
  private static void checkParts() throws BadInputException {
    if (DemoCommand.class.getResource("/org/h2/Driver.class") == null) {
      throw new BadInputException(
          "this jar holds the server only. The demo runs from a source tree: ./larder demo");
    }
  }

  private void check(Trace trace) throws BadInputException {
    within("--rows", rows, MAXIMUM_ROWS);
    within("--entries", entries, MAXIMUM_ROWS);
    within("--passes", passes, MAXIMUM_LOOKUPS / trace.length());
  }

  private static void within(String option, int value, int maximum) throws BadInputException {
    if (value < 1 || value > maximum) {
      throw new BadInputException(
          option + " " + value + ": allowed are whole numbers from 1 to " + maximum);
    }
  }

  private Progress progress() {
    if (quiet) {
      return Progress.silent();
    }
    return Terminal.present()
        ? Progress.bar(System.err, Terminal.columns())
        : Progress.lines(spec.commandLine().getOut());
  }

  private String next() {
    if (file != null) {
      return "Try next: the same with other --entries, to see what more memory would save.";
    }
    var other = entries < rows ? Math.min(entries * 2L, rows) : Math.max(1, rows / 10);
    return "Try next: ./larder demo --entries "
        + other
        + ", or --trace with the addresses of your own access log, one a line.";
  }
}
