package dev.larder.server.serve;

import dev.larder.LarderBuilder;
import dev.larder.config.YamlConfigurationSource;
import dev.larder.server.core.Limits;
import dev.larder.server.serve.Settings.Guarding;
import dev.larder.server.serve.Settings.Listening;
import dev.larder.server.serve.Settings.Logging;
import dev.larder.server.serve.Settings.Tls;
import dev.larder.spi.ConfigurationSource.Configured;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * Makes settings from a configuration, whose values were checked one by one when it was read. What
 * is not set comes from the profile, then from {@link Defaults}.
 */
final class SettingsReader {
  /** More than any password; it keeps a wrong path from filling the heap. */
  private static final int LONGEST_PASSWORD = 4 << 10;

  private final LarderBuilder builder;
  private final Configured configured;
  private final Map<String, String> profile;

  SettingsReader(LarderBuilder builder) {
    this.builder = builder;
    this.configured =
        new YamlConfigurationSource()
            .read(builder.configuration(), builder.properties(), builder.classLoader());
    this.profile =
        configured
            .setting("server.profile")
            .map(word -> Settings.constant(Profile.class, word))
            .orElse(Profile.NONE)
            .defaults();
  }

  Settings read() {
    return new Settings(
        optional("node-id").orElseGet(SettingsReader::anyName),
        listening(),
        new Guarding(password(), flag("insecure"), tls()),
        limits(),
        new Logging(
            Settings.constant(Logging.Level.class, text("log-level")),
            Settings.constant(Logging.Format.class, text("log-format"))),
        optional("snapshot").map(text -> path("snapshot", text)),
        time("shutdown-timeout"),
        flag("load-test"),
        databases(),
        builder);
  }

  private Listening listening() {
    var resp = text("resp-port");
    return new Listening(
        text("host"),
        Integer.parseInt(text("port")),
        resp.equals("off") ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(resp)),
        Settings.constant(Settings.Transport.class, text("transport")),
        optional("event-loops").map(Integer::valueOf).orElseGet(Defaults::eventLoops));
  }

  private Optional<Secret> password() {
    return optional("password")
        .map(Secret::of)
        .or(() -> optional("password-file").map(text -> firstLine(path("password-file", text))));
  }

  private static Secret firstLine(Path file) {
    try {
      if (Files.size(file) > LONGEST_PASSWORD) {
        throw wrong("password-file", file, "is longer than 4 KiB");
      }
      var lines = Files.readAllLines(file);
      if (lines.isEmpty() || lines.get(0).isEmpty()) {
        throw wrong("password-file", file, "has no first line");
      }
      return Secret.of(lines.get(0));
    } catch (MalformedInputException e) {
      throw wrong("password-file", file, "is not UTF-8");
    } catch (IOException e) {
      throw new SettingsException(
          "server.password-file: cannot read " + file.toAbsolutePath() + " (" + e + ")", e);
    }
  }

  private static SettingsException wrong(String key, Path file, String problem) {
    return new SettingsException(
        "server."
            + key
            + ": "
            + file.toAbsolutePath()
            + " "
            + problem
            + "; allowed: a file of up to 4 KiB of UTF-8 with the password in its first line");
  }

  private Optional<Tls> tls() {
    var certificate = optional("tls.certificate");
    if (certificate.isEmpty()) {
      return Optional.empty();
    }
    var authority =
        optional("tls.client-authority").map(text -> path("tls.client-authority", text));
    var clients =
        optional("tls.client-certificates")
            .map(word -> Settings.constant(Tls.Clients.class, word))
            .orElse(authority.isPresent() ? Tls.Clients.REQUIRED : Tls.Clients.NONE);
    return Optional.of(
        new Tls(
            path("tls.certificate", certificate.get()),
            path("tls.key", text("tls.key")),
            authority,
            clients,
            Set.of(text("tls.protocols").split(","))));
  }

  private Limits limits() {
    return new Limits(
        number("limits.key-bytes"),
        number("limits.value-bytes"),
        number("limits.connections"),
        number("limits.request-bytes"),
        number("limits.batch"),
        number("limits.output-bytes"),
        time("limits.idle"),
        time("limits.handshake"),
        number("limits.waiting"));
  }

  private Map<Integer, String> databases() {
    var numbers = new TreeMap<Integer, String>();
    optional("databases")
        .ifPresent(
            list -> {
              for (var part : list.split(",")) {
                var equals = part.lastIndexOf('=');
                numbers.put(
                    Integer.valueOf(part.substring(equals + 1).strip()),
                    part.substring(0, equals).strip());
              }
            });
    return numbers;
  }

  private Optional<String> optional(String key) {
    var path = "server." + key;
    return configured
        .setting(path)
        .or(() -> Optional.ofNullable(profile.get(path)))
        .or(() -> Optional.ofNullable(Defaults.TEXTS.get(path)));
  }

  private String text(String key) {
    return optional(key)
        .orElseThrow(() -> new SettingsException("server." + key + " is not set, and has to be"));
  }

  private int number(String key) {
    return Math.toIntExact(dev.larder.spi.Settings.size(text(key)));
  }

  private Duration time(String key) {
    return dev.larder.spi.Settings.time(text(key), Duration.ZERO);
  }

  private boolean flag(String key) {
    return Boolean.parseBoolean(text(key));
  }

  private static Path path(String key, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new SettingsException(
          "server."
              + key
              + ": "
              + dev.larder.spi.Settings.quote(text)
              + " is not a path; allowed: the path of a file",
          e);
    }
  }

  /** Eight digits that no two servers of a network will have in common. */
  private static String anyName() {
    var bytes = new byte[4];
    new SecureRandom().nextBytes(bytes);
    return "larder-" + HexFormat.of().formatHex(bytes);
  }
}
