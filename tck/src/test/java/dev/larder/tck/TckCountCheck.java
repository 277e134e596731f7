package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs after the TCK in the same build and looks at its reports. */
class TckCountCheck {

  static Stream<String> topologies() {
    return Stream.of(System.getProperty("larder.tck.topologies").split(","));
  }

  @ParameterizedTest
  @MethodSource("topologies")
  void wholeTckPassesAndExcludesOnlyTheKnownTests(String topology) throws IOException {
    assumeFalse(System.getProperty("larder.tck.phase").equals("none"), "the TCK was left out");
    var started = Instant.parse(System.getProperty("larder.build.started"));
    var folder = Path.of(System.getProperty("larder.tck.reports"), topology);
    var report = TckReport.read(folder, started);
    assertEquals(List.of(), report.complaints(), "the TCK on " + topology);
    assertEquals(Set.of(featureVersion()), report.javaVersions(), "the Java that ran it");
  }

  /** Of the Java that was to run the TCK, from the file that every JDK has in its home. */
  private static String featureVersion() throws IOException {
    var home = Path.of(System.getProperty("larder.tck.jvm")).resolve("../..").normalize();
    var release = Files.readString(home.resolve("release"));
    return release.replaceFirst("(?s).*JAVA_VERSION=\"(\\d+).*", "$1");
  }
}
