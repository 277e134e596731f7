package dev.larder.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.server.core.Limits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.LogManager;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the command line refuses, and what its help says. */
final class ServeCommandTest {
  private static final Path DOCUMENT =
      Path.of(System.getProperty("basedir", "."), "..", "docs", "reference.md");
  private static final Pattern KEY =
      Pattern.compile(
          "(?m)^### `(server\\.[a-z.-]+)`\n\n.*\n\n.*\n\\* default: `(.*)`\n"
              + "\\* option: `--([a-z-]+)`; variable: `([A-Z_]+)`.*$");
  private static final Pattern SHORT = Pattern.compile("\\| `([A-Z_]+)` \\| `([a-z.-]+)` \\|.*");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return ServeCommand.line()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  /** The command sets the log of the whole process up. */
  @AfterEach
  void resetLog() throws IOException {
    LogManager.getLogManager().readConfiguration();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--port=http | option --port: server.port: 'http' is not a whole number; allowed: a whole"
            + " number, 0 to 65535",
        "--transport=kqueue | option --transport: server.transport: 'kqueue' is not one of its"
            + " words; allowed: auto, epoll, io_uring, nio",
        "--limits-key-bytes=0 | option --limits-key-bytes: server.limits.key-bytes: '0' is out of"
            + " range; allowed: a number of bytes, or one with KB, MB or GB (of 1,024 each), 1 to"
            + " 16777216, such as 64KB",
        "--max-size=many | option --max-size: maximum-entries: 'many' is not a whole number;"
            + " allowed: a whole number, 0 or more",
        "--set=server.prot=1 | option --set server.prot: unknown key path 'server.prot', did you"
            + " mean 'server.port'?",
        "--profile=test | option --profile: server.profile: 'test' is not one of its words;"
            + " allowed: dev, prod",
        "--tls-key=/k | option --tls-key: server.tls.key needs server.tls.certificate, which is not"
            + " set; allowed: both, or neither",
        "--config=/no/such/larder.yaml | the configuration URI: there is no file"
            + " /no/such/larder.yaml",
        "--password-file=/no/such | server.password-file: cannot read /no/such",
        "--host=0.0.0.0 | server.host: 0.0.0.0 can be reached from other machines, and there is no"
            + " password; allowed: set a password (LARDER_PASSWORD, server.password,"
            + " --password-file), or say that everybody may read and write (LARDER_INSECURE=true,"
            + " server.insecure, --insecure)",
      })
  void wrongSettingEndsWithTwoAndNamesTheOption(String option, String message) {
    assertEquals(2, run(option));
    assertTrue(err.toString().startsWith(message), err::toString);
    assertEquals("", out.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "--prot=1, --port",
    "--resp-prt=1, --resp-port",
    "--pasword=x, --password",
    "--maxsize=5, --max-size",
    "--tls-cert=x, --tls-key",
    "-port, --port"
  })
  void unknownOptionEndsWithTwoAndASuggestion(String option, String meant) {
    assertEquals(2, run(option));
    assertEquals(
        "larder serve: unknown argument '"
            + option
            + "', did you mean "
            + meant
            + "?\nlarder serve --help tells all options.\n",
        err.toString());
  }

  static Stream<List<String>> plainArguments() {
    return Stream.of(
        List.of(),
        List.of("--port=0", "--resp-port=off", "--insecure"),
        List.of("--password=hunter2", "--ttl=5m", "--databases=a=1,b=2"),
        List.of("--limits-key-bytes=64KB", "--load-test", "--log-level=debug"));
  }

  @ParameterizedTest
  @MethodSource("plainArguments")
  void plainArgumentsMeanTheSameWithoutPicocli(List<String> arguments) {
    var slow = ServeCommand.line().parseArgs(arguments.toArray(new String[0]));
    assertEquals(Optional.of(ServeCommand.options(slow)), QuickStart.options(arguments));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "-h",
        "--prot=1",
        "--port",
        "--port=",
        "--insecure=true",
        "--password=\"a\"",
        "--password=${x}",
        "--set=a=b",
        "--config=x",
        "-port=1",
        "port=1",
        "@file"
      })
  void whatIsNotPlainIsLeftToPicocli(String argument) {
    assertEquals(Optional.empty(), QuickStart.options(List.of(argument)));
    assertEquals(Optional.empty(), QuickStart.options(List.of("--port=1", "--port=2")));
    assertEquals(Optional.empty(), QuickStart.run(List.of("bench", argument)));
  }

  @Test
  void nonsenseGetsNoSuggestion() {
    assertEquals(2, run("--completely-different"));
    assertFalse(err.toString().contains("did you mean"), err::toString);
  }

  @Test
  void allMistakesAreToldAtOnce() {
    assertEquals(2, run("--port=x", "--resp-port=y", "--log-format=z"));
    assertEquals(3, err.toString().lines().count());
  }

  @Test
  void passwordIsNeverPartOfARefusal() {
    assertEquals(2, run("--password=hunter2", "--password-file=/x", "--port=x"));
    assertFalse(err.toString().contains("hunter2"), err::toString);
  }

  @Test
  void emptyPasswordFileIsRefused(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("password"), "\nsecond line");
    assertEquals(2, run("--password-file=" + file));
    assertTrue(err.toString().contains(file + " has no first line"), err::toString);
  }

  @Test
  void helpTellsEveryKeyWithItsDefaultAndVariable() throws IOException {
    assertEquals(0, run("--help"));
    var help = out.toString().replaceAll("\\s+", " ");
    var document = Files.readString(DOCUMENT);
    var rows = KEY.matcher(document).results().toList();
    assertTrue(rows.size() > 25, "the reference has each key");
    for (var row : rows) {
      var path = row.group(1);
      var option = ServeOptions.ROWS.stream().filter(each -> each.path().equals(path)).findFirst();
      assertTrue(option.isPresent(), () -> "no option for " + path);
      assertEquals(row.group(3), option.get().name());
      assertTrue(help.contains("--" + option.get().name()), option.get().name());
      assertTrue(help.contains(option.get().environment()), option.get().environment());
    }
  }

  @Test
  void defaultsAreThoseOfTheReference() throws IOException {
    var told =
        KEY.matcher(Files.readString(DOCUMENT))
            .results()
            .collect(Collectors.toMap(row -> row.group(1), row -> row.group(2)));
    var words = Map.of("server.host", "loopback");
    Defaults.TEXTS.forEach(
        (path, text) -> assertEquals(words.getOrDefault(path, text), told.get(path), path));
  }

  @Test
  void limitsAreThoseThatEverybodyKnows() {
    assertEquals(Limits.DEFAULT, Settings.read(Larder.builder()).limits());
  }

  @Test
  void variablesAreThoseOfTheReference() throws IOException {
    var document = Files.readString(DOCUMENT);
    var variables =
        SHORT
            .matcher(document)
            .results()
            .collect(Collectors.toMap(row -> row.group(2), row -> row.group(1), (a, b) -> a));
    for (var row : ServeOptions.ROWS) {
      var plain =
          "LARDER_"
              + row.path().toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
      assertEquals(variables.getOrDefault(row.path(), plain), row.environment());
    }
  }
}
