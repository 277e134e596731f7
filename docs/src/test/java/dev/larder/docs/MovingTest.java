package dev.larder.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.LarderServer;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The pages on moving to Larder: both sides of each row of their tables compile, no public method
 * of the other library is left out, every key of a configuration exists, and the program before
 * prints what the program after does.
 */
class MovingTest {

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));
  private static final Pattern WORD = Pattern.compile("\\w+");
  private static final Pattern KEY = Pattern.compile("([a-z][a-z.-]*[a-z])(?:: .+)?");
  private static final Pattern KNOWN = Pattern.compile("(?m)^### `([a-z.-]+)`$");
  private static final Pattern ELEMENT = Pattern.compile("element name=\"([\\w-]+)\"");
  private static final Pattern COMMAND = Pattern.compile("[A-Z]{3,}(?: [A-Z]+)*");

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void cellsOfLarderCompile(Peer peer) throws IOException {
    compile(peer, peer.cells("Larder"), LarderNames.class, Peer.larderImports());
  }

  @ParameterizedTest
  @EnumSource
  void cellsOfTheOtherCompile(Peer peer) throws IOException {
    compile(peer, peer.cells(peer.header()), peer.names(), peer.imports());
  }

  @ParameterizedTest
  @EnumSource
  void whatIsNoJavaIsAKeyOrACommandThatExists(Peer peer) throws IOException {
    var keys = found(KNOWN, "docs/reference.md");
    var commands = found(COMMAND, "docs/redis-commands.md");
    for (var cell : peer.cells("Larder")) {
      for (var span : cell.spans()) {
        var key = KEY.matcher(span);
        var known =
            COMMAND.matcher(span).matches()
                ? commands.contains(span)
                : Spans.java(span) || (key.matches() && keys.contains(key.group(1)));
        assertTrue(known, () -> peer.page() + ":" + cell.line() + ": what is `" + span + "`?");
      }
    }
  }

  @Test
  void commandsAreThoseOfTheServer() throws IOException {
    var known = found(COMMAND, "docs/redis-commands.md");
    for (var cell : Peer.SPRING_DATA_REDIS.cells("command")) {
      assertTrue(known.containsAll(cell.spans()), cell::toString);
    }
  }

  @Test
  void everyElementOfTheSchemaIsNamed() throws IOException {
    var schema = Peer.class.getResource("/ehcache-core.xsd");
    try (var in = Objects.requireNonNull(schema, "ehcache-core.xsd").openStream()) {
      var elements =
          ELEMENT
              .matcher(new String(in.readAllBytes(), StandardCharsets.UTF_8))
              .results()
              .map(found -> "<" + found.group(1) + ">")
              .collect(Collectors.toCollection(TreeSet::new));
      var named = new TreeSet<String>();
      Peer.EHCACHE.cells("element").forEach(cell -> named.addAll(cell.spans()));
      named.removeIf(element -> element.startsWith("<jsr107:"));
      assertEquals(elements, named);
    }
  }

  @ParameterizedTest
  @EnumSource
  void everyPublicMethodOfTheOtherIsNamed(Peer peer) throws IOException {
    var named =
        peer.cells(peer.header()).stream()
            .flatMap(cell -> cell.spans().stream())
            .flatMap(span -> WORD.matcher(span).results().map(MatchResult::group))
            .collect(Collectors.toSet());
    var missing = new TreeSet<String>();
    for (var type : peer.api()) {
      Arrays.stream(type.getDeclaredMethods())
          .filter(MovingTest::callable)
          .filter(method -> !named.contains(method.getName()))
          .forEach(method -> missing.add(type.getSimpleName() + "." + method.getName()));
    }
    assertEquals(Set.of(), missing);
  }

  @ParameterizedTest
  @EnumSource
  void programBeforePrintsWhatTheProgramAfterDoes(Peer peer)
      throws IOException, InterruptedException {
    var programs = Snippet.of(ROOT.resolve(peer.page()), peer.page());
    programs.removeIf(snippet -> !snippet.runnable());
    assertFalse(programs.isEmpty());
    if (peer.served()) {
      try (var server = LarderServer.start()) {
        programs.replaceAll(program -> at(server, program));
        compare(programs);
      }
    } else {
      compare(programs);
    }
  }

  /** Programs stand in pairs: before, after. */
  private void compare(List<Snippet> programs) throws IOException, InterruptedException {
    var printed = new ArrayList<String>();
    for (var program : programs) {
      printed.add(new Sandbox(Files.createTempDirectory(folder, "program")).run(program));
    }
    for (var i = 0; i < programs.size(); i += 2) {
      assertFalse(printed.get(i).isBlank(), programs.get(i) + ": prints nothing");
      assertEquals(printed.get(i), printed.get(i + 1), programs.get(i + 1).toString());
    }
  }

  /** The program with the ports of a server of its own for those that servers usually have. */
  private static Snippet at(LarderServer server, Snippet program) {
    var code =
        program
            .code()
            .replace("8080", port(server.host()))
            .replace("6379", port(server.redisHost()));
    return new Snippet(program.file(), program.line(), code);
  }

  private static String port(String host) {
    return host.substring(host.lastIndexOf(':') + 1);
  }

  private void compile(Peer peer, List<Cell> cells, Class<?> names, List<String> imports)
      throws IOException {
    new Sandbox(folder).compile(Spans.joined(peer.page(), cells, names, imports));
  }

  private static boolean callable(Method method) {
    return Modifier.isPublic(method.getModifiers())
        && !method.isSynthetic()
        && !Set.of("toString", "equals", "hashCode", "values", "valueOf")
            .contains(method.getName());
  }

  private static Set<String> found(Pattern pattern, String page) throws IOException {
    return pattern
        .matcher(Files.readString(ROOT.resolve(page)))
        .results()
        .map(it -> it.group(it.groupCount()))
        .collect(Collectors.toSet());
  }
}
