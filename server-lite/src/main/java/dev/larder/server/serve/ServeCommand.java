package dev.larder.server.serve;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** {@code larder serve} with all its options, for picocli; {@link Serving} does the work. */
public final class ServeCommand implements Callable<Integer> {
  /** The verb. */
  static final String NAME = "serve";

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
    return new Serving(line.getOut(), line.getErr()).run(options(line.getParseResult()));
  }

  static Serving.Options options(ParseResult parsed) {
    var settings = new TreeMap<String, String>();
    for (var row : ServeOptions.ROWS) {
      var option = parsed.matchedOption("--" + row.name());
      if (option != null) {
        settings.put(row.path(), String.valueOf(option.<Object>getValue()));
      }
    }
    settings.putAll(parsed.<Map<String, String>>matchedOptionValue("--set", Map.of()));
    return new Serving.Options(
        Optional.ofNullable(parsed.<String>matchedOptionValue("--config", null)),
        settings,
        parsed.hasMatchedOption("--password"));
  }
}
