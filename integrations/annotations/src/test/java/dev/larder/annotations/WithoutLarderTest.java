package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The core over another provider, in a JVM that has nothing else of Larder. */
class WithoutLarderTest {

  /** The program. */
  static final class Alone {
    private Alone() {}

    /** Calls a cached method twice, and says what came of it. */
    public static void main(String[] args) throws Exception {
      assertThrows(ClassNotFoundException.class, () -> Class.forName("dev.larder.Cache"));
      var methods =
          new ReflectiveContainer(Providers::cache2k)
              .managed(AnnotatedMethods.class, Attributed.class);
      System.out.print(methods.named("a", () -> "one") + methods.named("a", () -> "two"));
      methods.removeAll(() -> null);
      System.out.print(methods.named("a", () -> "three"));
    }
  }

  @Test
  void worksWithoutTheApiOfLarder() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(java, "-Xmx128m", "-cp", classPath(), Alone.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor());
    assertEquals("oneonethree", printed);
  }

  /** That of this JVM, but for the other modules of Larder. */
  private static String classPath() throws IOException, URISyntaxException {
    var others = new HashSet<Path>();
    for (var type :
        List.of(
            dev.larder.Cache.class,
            dev.larder.engine.LarderEngine.class,
            dev.larder.jcache.LarderCachingProvider.class)) {
      others.add(
          Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toRealPath());
    }
    var whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(entry -> !others.contains(Path.of(entry).toAbsolutePath().normalize()))
        .collect(Collectors.joining(File.pathSeparator));
  }
}
