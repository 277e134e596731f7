package dev.larder.server.serve;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.StoreException;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * {@code larder serve}. Exit code 0 when the server ended in order, 1 when it could not start or
 * could not save its snapshot, 2 when its settings were wrong.
 */
public final class ServeCommand implements Callable<Integer> {
  /** The verb. */
  static final String NAME = "serve";

  /** How a process ends that was told twice: as one that died of SIGINT. */
  private static final int AT_ONCE = 130;

  private static final Pattern OVERRIDE = Pattern.compile("(?m)^property ([a-z0-9.-]+): ");

  private final CommandSpec spec;

  private ServeCommand() {
    this.spec = CommandSpec.wrapWithoutInspection(this);
  }

  /** The command line of the verb. */
  public static CommandLine line() {
    var spec = new ServeCommand().spec.name(NAME);
    spec.usageMessage()
        .description(
            "Serve caches over HTTP and the Redis protocol, until SIGTERM or Ctrl-C.",
            "",
            "Each setting can stand in larder.yaml (server.port), in a variable (LARDER_PORT), in"
                + " a system property (-Dlarder.server.port) or in an option; the later wins.",
            "")
        .footer(
            "",
            "Profiles are defaults: dev = "
                + shown(Profile.DEV)
                + "; prod = "
                + shown(Profile.PROD),
            "SIGTERM or Ctrl-C ends in order, a second one at once. SIGHUP reads certificates again.",
            "Exit codes: 0 ended in order, 1 failed, 2 settings wrong.")
        .sortOptions(false)
        .abbreviateSynopsis(true)
        .width(110);
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this help and end")
            .build());
    spec.addOption(
        OptionSpec.builder("--config")
            .paramLabel("FILE")
            .type(String.class)
            .description("The larder.yaml to read (LARDER_CONFIG)")
            .build());
    ServeOptions.ROWS.forEach(row -> spec.addOption(row.option()));
    spec.addOption(
        OptionSpec.builder("--set")
            .paramLabel("KEY=VALUE")
            .type(Map.class)
            .auxiliaryTypes(String.class, String.class)
            .description(
                "Any other key of the configuration, such as caches.users.maximum-entries=500;"
                    + " may be repeated")
            .build());
    var line = new CommandLine(spec);
    line.setParameterExceptionHandler(new Mistyped(line.getParameterExceptionHandler()));
    return line;
  }

  private static String shown(Profile profile) {
    return profile.defaults().entrySet().stream()
        .map(each -> each.getKey().substring("server.".length()) + " " + each.getValue())
        .sorted()
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }

  @Override
  public Integer call() {
    var line = spec.commandLine();
    var parsed = line.getParseResult();
    Logs.quiet();
    try {
      return serve(Settings.read(builder(parsed)), parsed.hasMatchedOption("--password"));
    } catch (SettingsException | ConfigurationException e) {
      line.getErr().println(named(String.valueOf(e.getMessage())));
      return CommandLine.ExitCode.USAGE;
    } catch (StartException | StoreException e) {
      line.getErr().println("larder serve: " + e.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
  }

  private static LarderBuilder builder(ParseResult parsed) {
    var builder = Larder.builder();
    String file = parsed.matchedOptionValue("--config", null);
    if (file != null) {
      builder.configuration(path(file).toUri());
    }
    for (var row : ServeOptions.ROWS) {
      var option = parsed.matchedOption("--" + row.name());
      if (option != null) {
        builder.property(row.path(), String.valueOf(option.<Object>getValue()));
      }
    }
    parsed.<Map<String, String>>matchedOptionValue("--set", Map.of()).forEach(builder::property);
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

  /** Messages of the configuration, with options called by the name under which they were given. */
  static String named(String message) {
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

  private int serve(Settings settings, boolean passwordShown) {
    Logs.install(settings.logging(), System.err);
    if (passwordShown) {
      Log.of("serve")
          .warn(
              "the password was given as an option, which others on this machine can see; use"
                  + " LARDER_PASSWORD or --password-file");
    }
    var server = Server.start(settings);
    endOnSignals(server);
    greet(server, spec.commandLine().getOut());
    return server.awaitEnd() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
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

  private static void greet(Server server, PrintWriter out) {
    var web = (server.secure() ? "https://" : "http://") + Ports.text(server.http());
    out.println("Larder is ready.");
    out.println("  REST       " + web);
    out.println(
        "  RESP       "
            + server
                .resp()
                .map(to -> (server.secure() ? "rediss://" : "redis://") + Ports.text(to))
                .orElse("off"));
    out.println("  docs       " + web + "/docs");
    out.println("  dashboard  " + web + "/");
    out.flush();
  }
}
