package dev.larder.tck.support;

import java.io.File;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What it takes to start a Java like this one. */
public final class Jvm {
  private Jvm() {}

  /** The parts of the class path of this process that are wanted. */
  public static String classPath(Predicate<String> wanted) {
    var whole =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Arrays.stream(whole.split(File.pathSeparator))
        .filter(wanted)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
