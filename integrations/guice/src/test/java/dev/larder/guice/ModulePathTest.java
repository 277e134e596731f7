package dev.larder.guice;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.guice.modular.Program;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The module in a JVM of its own, resolved from the module path with all that it needs. */
class ModulePathTest {
  private static final Predicate<String> MODULES =
      Pattern.compile(
              "(target/classes|larder-[a-z]+-[^/]*|/(guice|guava|failureaccess|aopalliance|jakarta.inject-api|cache-api|jspecify)-[^/]*)$")
          .asPredicate();

  @Test
  void annotationsWorkInNamedModules() throws Exception {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var process =
        new ProcessBuilder(
                java,
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-p",
                path(part -> MODULES.test(part) && !part.endsWith("-tests.jar")),
                "--add-modules",
                "dev.larder.guice,dev.larder.jcache",
                "-cp",
                path(part -> part.endsWith("test-classes")),
                Program.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("soup 1, soup 1 by module dev.larder.guice", printed.strip());
  }

  private static String path(Predicate<String> wanted) {
    var whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
