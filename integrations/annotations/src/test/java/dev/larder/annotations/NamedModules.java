package dev.larder.annotations;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A JVM of its own, in which what is being tested is resolved from the module path. */
public final class NamedModules {
  private static final String OURS = "target/classes|larder-[a-z]+-[^/]*|";

  private NamedModules() {}

  /**
   * Runs a program of the tests and gives what it printed.
   *
   * @param libraries the names of jars besides Larder's that are modules, as a regular expression
   * @param roots the modules to resolve
   */
  public static String run(String libraries, String roots, Class<?> program) throws IOException {
    var modules =
        Pattern.compile("(" + OURS + "/(" + libraries + "|cache-api|jspecify)-[^/]*)$")
            .asPredicate();
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-p",
                path(part -> modules.test(part) && !part.endsWith("-tests.jar")),
                "--add-modules",
                roots,
                "-cp",
                path(part -> part.endsWith("test-classes")),
                program.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  private static String path(Predicate<String> wanted) {
    var whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
