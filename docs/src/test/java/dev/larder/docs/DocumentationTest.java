package dev.larder.docs;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every block of Java in README.md and docs that is a program is run, and every one that declares a
 * type is compiled, as it stands. Fragments are left alone.
 */
class DocumentationTest {

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));

  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource("programs")
  void programRuns(Snippet snippet) throws IOException, InterruptedException {
    assertTrue(!new Sandbox(folder).run(snippet).isBlank(), () -> snippet + ": prints nothing");
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("types")
  void typeCompiles(Snippet snippet) throws IOException {
    new Sandbox(folder).compile(snippet);
  }

  @Test
  void readmeHasAProgram() throws IOException {
    var readme = Snippet.of(ROOT.resolve("README.md"), "README.md");
    assertTrue(readme.stream().anyMatch(Snippet::runnable));
  }

  static Stream<Snippet> programs() throws IOException {
    return snippets().stream().filter(Snippet::runnable).filter(each -> !compared(each));
  }

  static Stream<Snippet> types() throws IOException {
    return snippets().stream().filter(snippet -> snippet.complete() && !snippet.runnable());
  }

  /** Those are run by {@link MovingTest}, which compares what they print. */
  private static boolean compared(Snippet snippet) {
    return Stream.of(Peer.values()).anyMatch(peer -> peer.page().equals(snippet.file()));
  }

  private static List<Snippet> snippets() throws IOException {
    var snippets = new ArrayList<Snippet>();
    for (var file : documents()) {
      snippets.addAll(Snippet.of(file, ROOT.relativize(file).toString()));
    }
    return snippets;
  }

  private static List<Path> documents() throws IOException {
    try (var top = Files.list(ROOT);
        var below = Files.walk(ROOT.resolve("docs"))) {
      return Stream.concat(top, below)
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.startsWith(ROOT.resolve("docs/target")))
          .sorted()
          .toList();
    }
  }
}
