package dev.larder.server.serve;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.StoreException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;

/**
 * What {@code larder serve} does once its options are known. Exit code 0 when the server ended in
 * order, 1 when it could not start or could not save its snapshot, 2 when its settings were wrong.
 */
final class Serving {
  static final int ENDED = 0;
  static final int FAILED = 1;
  static final int WRONG = 2;

  /** How a process ends that was told twice: as one that died of SIGINT. */
  private static final int AT_ONCE = 130;

  private static final String GUICE = "guice_bytecode_gen_option";

  private static final Pattern OVERRIDE = Pattern.compile("(?m)^property ([a-z0-9.-]+): ");

  private final PrintWriter out;
  private final PrintWriter err;

  /** What it prints goes there. */
  Serving(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /**
   * What the command line said.
   *
   * @param config the file to read, empty for that of the usual places
   * @param settings by key path
   * @param passwordShown whether the password was among the options
   */
  record Options(Optional<String> config, Map<String, String> settings, boolean passwordShown) {

    LarderBuilder builder() {
      var builder = Larder.builder();
      config.ifPresent(file -> builder.configuration(path(file).toUri()));
      settings.forEach(builder::property);
      return builder;
    }

    private static Path path(String file) {
      try {
        return Path.of(file);
      } catch (InvalidPathException e) {
        throw new SettingsException(
            "option --config: "
                + dev.larder.spi.Settings.quote(file)
                + " is not a path; allowed: the path of a YAML file",
            e);
      }
    }
  }

  /** Serves until it is told to end; returns the exit code. */
  int run(Options options) {
    try {
      return serve(settings(options));
    } catch (SettingsException | ConfigurationException e) {
      err.println(named(String.valueOf(e.getMessage())));
      return WRONG;
    } catch (StartException | StoreException e) {
      err.println("larder serve: " + e.getMessage());
      return FAILED;
    }
  }

  /** Reads the settings, and sets up what a process has only once: its log, and how Guice works. */
  static Settings settings(Options options) {
    Logs.quiet();
    if (System.getProperty(GUICE) == null) {
      // It would spin a class for each constructor, which no archive of classes keeps.
      System.setProperty(GUICE, "DISABLED");
    }
    var settings = Settings.read(options.builder());
    Logs.install(settings.logging(), System.err);
    if (options.passwordShown()) {
      Log.of("serve")
          .warn(
              "the password was given as an option, which others on this machine can see; use"
                  + " LARDER_PASSWORD or --password-file");
    }
    return settings;
  }

  /** Messages of the configuration, with options called by the name under which they were given. */
  private static String named(String message) {
    return OVERRIDE
        .matcher(message)
        .replaceAll(
            found ->
                ServeOptions.ROWS.stream()
                    .filter(row -> row.path().equals(found.group(1)))
                    .findFirst()
                    .map(row -> "option --" + row.name() + ": ")
                    .orElse("option --set " + found.group(1) + ": "));
  }

  private int serve(Settings settings) {
    var server = Server.start(settings);
    endOnSignals(server);
    greet(server);
    return server.awaitEnd() ? ENDED : FAILED;
  }

  private static void endOnSignals(Server server) {
    var told = new AtomicBoolean();
    for (var name : new String[] {"TERM", "INT"}) {
      Signals.handle(
          name,
          signal -> {
            if (!told.compareAndSet(false, true)) {
              Runtime.getRuntime().halt(AT_ONCE);
            }
            server.close();
          });
    }
    Signals.handle("HUP", signal -> server.reload());
    // For ends that are no signals, and for Javas without them; nothing to do after a close.
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "larder-end"));
  }

  private void greet(Server server) {
    var web = (server.secure() ? "https://" : "http://") + Ports.text(server.http());
    var resp =
        server.resp().map(to -> (server.secure() ? "rediss://" : "redis://") + Ports.text(to));
    out.println("Larder is ready.");
    out.println("  REST       " + web);
    out.println("  RESP       " + resp.orElse("off"));
    out.println("  docs       " + web + "/docs");
    out.println("  dashboard  " + web + "/");
    out.flush();
  }
}
