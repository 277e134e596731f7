package dev.larder.server;

import dev.larder.ConfigurationException;
import dev.larder.spi.ConfigurationSource;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code larder health}: what a container asks every half minute, since its image has no program
 * for it. Exit code 0 when the server is ready, 1 when it is not or does not answer, 2 for a wrong
 * option or configuration.
 */
@Command(
    name = "health",
    description = {
      "Ask a running server whether it is ready; end with 0 if it is, else with 1.",
      "",
      "Without --url it is the server of this machine that the same larder.yaml and LARDER_*"
          + " variables describe. The certificate of a server with TLS is not checked: nothing"
          + " secret is sent."
    },
    mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
  private static final String PATH = "/health/ready";
  private static final Set<String> ANY = Set.of("0.0.0.0", "::", "[::]", "0:0:0:0:0:0:0:0", "*");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server, such as http://127.0.0.1:8080 or https://cache:8443.")
  private @Nullable URI url;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How long it may take to answer (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() {
    if (seconds < 1 || seconds > 3_600) {
      throw wrong("--timeout " + seconds + ": allowed are 1 to 3600 seconds");
    }
    var server = url == null ? configured() : url;
    if (!Probe.understands(server)) {
      throw wrong("--url " + server + ": allowed is http://HOST[:PORT] or https://HOST[:PORT]");
    }
    try {
      var answer = new Probe(server, Duration.ofSeconds(seconds)).get(PATH);
      spec.commandLine().getOut().println(answer.body().strip());
      return answer.status() == 200 ? 0 : 1;
    } catch (IOException e) {
      spec.commandLine()
          .getErr()
          .println("larder health: " + server + " does not answer: " + e.getMessage());
      return 1;
    }
  }

  private URI configured() {
    try {
      var source = ServiceLoader.load(ConfigurationSource.class).findFirst().orElseThrow();
      var loader = HealthCommand.class.getClassLoader();
      return address(source.read(Optional.empty(), Map.of(), loader)::setting);
    } catch (ConfigurationException e) {
      throw wrong(e.getMessage());
    }
  }

  /** Where the server with these settings answers this machine. */
  static URI address(Function<String, Optional<String>> settings) {
    var scheme = settings.apply("server.tls.certificate").isPresent() ? "https" : "http";
    var host = settings.apply("server.host").filter(each -> !ANY.contains(each));
    return URI.create(
        scheme
            + "://"
            + host.map(HealthCommand::bracketed).orElse("127.0.0.1")
            + ":"
            + settings.apply("server.port").orElse("8080"));
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private ParameterException wrong(@Nullable String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
