package dev.larder.benchmarks;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How processes that measure are started: all alike, with the class path of this one. */
public final class JavaProcess {
  private static final List<String> OPTIONS = List.of("-Xms1g", "-Xmx1g");

  private JavaProcess() {}

  /** Starts a main class; what it says on the error stream is added to the log. */
  public static Process start(Class<?> main, Path log, String... arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    var errors = ProcessBuilder.Redirect.appendTo(new File(log.toString()));
    return new ProcessBuilder(command).redirectError(errors).start();
  }
}
