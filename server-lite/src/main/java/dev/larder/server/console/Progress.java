package dev.larder.server.console;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/**
 * Tells people how far a long piece of work is. Stages are begun by one thread; the thread that
 * works on a stage, or several, may tell of its steps.
 */
@FunctionalInterface
public interface Progress {
  /** Begins a stage of {@code total} steps. Close it before the next. */
  Stage start(String what, long total);

  /** One stage under way. */
  interface Stage extends AutoCloseable {
    /**
     * So many steps are done, all told. Costs a lock when there is a bar: call it for thousands of
     * steps at once.
     */
    void at(long done);

    /** The stage is over, whether all of its steps are done or not. */
    @Override
    default void close() {}
  }

  /** Says nothing. */
  static Progress silent() {
    return (what, total) -> done -> {};
  }

  /** One line as each stage begins: for files and pipes. */
  static Progress lines(PrintWriter out) {
    return (what, total) -> {
      out.println(what + String.format(Locale.ROOT, " (%,d)", total));
      out.flush();
      return done -> {};
    };
  }

  /** A moving bar of at most that many columns: for terminals. */
  static Progress bar(PrintStream terminal, int columns) {
    return (what, total) -> {
      var bar =
          new ProgressBarBuilder()
              .setTaskName(String.format(Locale.ROOT, "%-20s", what))
              .setInitialMax(total)
              .setUpdateIntervalMillis(100)
              .setStyle(ProgressBarStyle.ASCII)
              .setConsumer(new ConsoleProgressBarConsumer(terminal, columns))
              .build();
      return new Stage() {
        @Override
        public void at(long done) {
          bar.stepTo(done);
        }

        @Override
        public void close() {
          bar.stepTo(total);
          bar.close();
        }
      };
    };
  }
}
