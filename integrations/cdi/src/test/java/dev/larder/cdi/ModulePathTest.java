package dev.larder.cdi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.cdi.modular.Program;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The module in a JVM of its own, resolved from the module path with all that it needs. */
@EnabledIfSystemProperty(
    named = "larder.test.container",
    matches = "OpenWebBeans",
    disabledReason = "Weld 6 does not run as a module")
class ModulePathTest {
  private static final Predicate<String> MODULES =
      Pattern.compile(
              "(target/classes|larder-[a-z]+-[^/]*|/(jakarta.enterprise.[a-z.-]*|jakarta.[a-z]*-api|openwebbeans-[a-z]*|xbean-[a-z0-9]*-shaded|cache-api|jspecify)-[^/]*)$")
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
                "dev.larder.cdi,dev.larder.jcache",
                "-cp",
                path(part -> part.endsWith("test-classes")),
                Program.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals("soup 1, soup 1 by module dev.larder.cdi", printed.strip());
  }

  private static String path(Predicate<String> wanted) {
    var whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
