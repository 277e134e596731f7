package dev.larder.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnippetTest {

  private static final String HELLO =
      """
      public class Hello {
        public static void main(String[] args) {
          System.out.println("hello " + dev.larder.Cache.class.getSimpleName());
        }
      }
      """;

  @TempDir private Path folder;

  @Test
  void onlyJavaBlocksAreTakenWithTheirLine() {
    var text = "# A\n\n```sh\nclass X {}\n```\ntext\n```java\n" + HELLO + "```\n";
    assertEquals(List.of(new Snippet("a.md", 7, HELLO)), Snippet.of(text, "a.md"));
  }

  @Test
  void blockThatIsNeverClosedIsRefused() {
    var e = assertThrows(IllegalStateException.class, () -> Snippet.of("\n```java\nx", "a.md"));
    assertEquals("a.md:2: the block is never closed", e.getMessage());
  }

  @Test
  void statementsAreAFragmentTypesAreCompleteMainIsRunnable() {
    assertFalse(snippet("var cache = larder.create(spec); // class of its own").complete());
    assertTrue(snippet("record Key(String id) {}").complete());
    assertFalse(snippet("record Key(String id) {}").runnable());
    assertTrue(snippet(HELLO).runnable());
  }

  @Test
  void programSeesLarderAndItsOutputComesBack() throws IOException, InterruptedException {
    assertEquals("hello Cache", new Sandbox(folder).run(snippet(HELLO)).strip());
  }

  @Test
  void programInAPackageRuns() throws IOException, InterruptedException {
    var snippet = snippet("package a.b;\n" + HELLO);
    assertEquals("hello Cache", new Sandbox(folder).run(snippet).strip());
  }

  @Test
  void brokenSnippetIsRefusedWithItsLineInTheDocument() {
    var broken = new Snippet("a.md", 10, "class A {\n  int x = \"\";\n}\n");
    var e = assertThrows(AssertionError.class, () -> new Sandbox(folder).compile(broken));
    assertTrue(e.getMessage().contains("a.md:12: incompatible types"), e::getMessage);
  }

  @Test
  void programThatThrowsIsRefusedWithItsOutput() {
    var failing = snippet(HELLO.replace("System.out", "if (true) throw new Error(\"ouch\");\n//"));
    var e = assertThrows(AssertionError.class, () -> new Sandbox(folder).run(failing));
    assertTrue(e.getMessage().contains("ouch"), e::getMessage);
  }

  private static Snippet snippet(String code) {
    return new Snippet("a.md", 1, code);
  }
}
