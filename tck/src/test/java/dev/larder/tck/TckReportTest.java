package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TckReportTest {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  @Test
  void fullRunHasNoComplaints() throws IOException {
    write("A", 400, 0, "", excluding(0));
    write("B", 93, 0, "", excluding(1));
    var report = TckReport.read(folder, START);
    assertEquals(new TckReport(493, List.of(), 0, 1, Set.of("17")), report);
    assertEquals(List.of(), report.complaints());
  }

  @Test
  void missingTestIsAComplaint() throws IOException {
    write("A", 492, 0, "", excluding(1));
    assertEquals(List.of("ran 492 tests instead of 493"), complaints());
  }

  @Test
  void excludedTestsOfAnnotationsAreAComplaint() throws IOException {
    write("A", 493, 0, "", excluding(13));
    assertEquals(List.of("13 were excluded instead of 1"), complaints());
  }

  @Test
  void failureAndErrorAreNamed() throws IOException {
    write("A", 493, 0, "<failure/>", excluding(1));
    write("B", 0, 0, "<error/>", "");
    assertEquals(List.of("2 failed: [A#test, B#test]"), complaints());
  }

  @Test
  void skippedTestIsAComplaint() throws IOException {
    write("A", 493, 2, "", excluding(1));
    assertEquals(List.of("2 were skipped"), complaints());
  }

  @Test
  void reportsOfAnEarlierBuildDoNotCount() throws IOException {
    var file = write("A", 493, 0, "", excluding(1));
    Files.setLastModifiedTime(file, FileTime.from(START.minusSeconds(1)));
    assertTrue(complaints().contains("ran 0 tests instead of 493"));
  }

  @Test
  void missingFolderIsAComplaint() {
    var report = TckReport.read(folder.resolve("none"), START);
    assertTrue(report.complaints().contains("ran 0 tests instead of 493"));
  }

  private List<String> complaints() {
    return TckReport.read(folder, START).complaints();
  }

  private Path write(String suite, int tests, int skipped, String outcome, String output)
      throws IOException {
    var xml =
        """
        <testsuite name="@SUITE" tests="@TESTS" skipped="@SKIPPED">
          <properties><property name="java.specification.version" value="17"/></properties>
          <testcase classname="@SUITE" name="test">@OUTCOME</testcase>
          <testcase classname="@SUITE" name="other"><system-err>@OUTPUT</system-err></testcase>
        </testsuite>
        """
            .replace("@SUITE", suite)
            .replace("@TESTS", Integer.toString(tests))
            .replace("@SKIPPED", Integer.toString(skipped))
            .replace("@OUTCOME", outcome)
            .replace("@OUTPUT", output);
    var file = Files.writeString(folder.resolve("TEST-" + suite + ".xml"), xml);
    Files.setLastModifiedTime(file, FileTime.from(START));
    return file;
  }

  private static String excluding(int times) {
    return "INFO: ===== EXCLUDING TEST 'C' 't'.\n".repeat(times);
  }
}
