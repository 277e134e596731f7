package dev.larder.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * docs/getting-started.md is done step by step, and prints what it says. The classes of Larder are
 * those of this build, by a stand-in for mvn; build-rules/published-check does the same with a
 * Maven, an empty local repository, and what is published.
 */
class GuideTest {

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));
  private static final Path PAGE = ROOT.resolve("docs/getting-started.md");
  private static final long SECONDS = 300;

  /** Compiles what there is to compile, once, and runs the class that is asked for. */
  private static final String MAVEN =
      """
      #!/bin/sh -e
      for argument; do
        case $argument in -Dexec.mainClass=*) main=${argument#*=} ;; esac
      done
      mkdir -p target/classes
      [ "target/classes/$main.class" -nt "src/main/java/$main.java" ] ||
        "$JAVA/javac" -J-XX:TieredStopAtLevel=1 -nowarn -cp "$LARDER" -d target/classes src/main/java/*.java
      [ ! -d src/main/resources ] || cp src/main/resources/* target/classes
      exec "$JAVA/java" -XX:TieredStopAtLevel=1 -cp "target/classes:$LARDER" "$main"
      """;

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void pageDoesWhatItSays(@TempDir Path folder) throws IOException, InterruptedException {
    var bin = Files.createDirectory(folder.resolve("bin"));
    var maven = Files.writeString(bin.resolve("mvn"), MAVEN);
    assertTrue(maven.toFile().setExecutable(true));
    var said = folder.resolve("said").toFile();
    var guide =
        new ProcessBuilder(
                ROOT.resolve("build-rules/guide").toString(),
                PAGE.toString(),
                folder.resolve("empty").toString())
            .redirectErrorStream(true)
            .redirectOutput(said);
    var environment = guide.environment();
    environment.put("PATH", bin + File.pathSeparator + environment.get("PATH"));
    environment.put("LARDER", Sandbox.classPath(false));
    environment.put("JAVA", Path.of(System.getProperty("java.home"), "bin").toString());
    var process = guide.start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      throw new AssertionError("still running after " + SECONDS + " s");
    }
    assertEquals(0, process.exitValue(), () -> read(said));
  }

  private static String read(File file) {
    try {
      return Files.readString(file.toPath());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void pomAsksForTheVersionThereIsAndForWhatTheBomLists() throws IOException {
    var page = Files.readString(PAGE);
    var bom = Files.readString(ROOT.resolve("bom/pom.xml"));
    var version = Pattern.compile("(?m)^  <version>(.+)</version>$").matcher(bom);
    assertTrue(version.find());
    assertTrue(
        page.contains(
            "<artifactId>larder-bom</artifactId>\n        <version>" + version.group(1) + "<"),
        "the page imports another version");
    var artifacts = Pattern.compile("<artifactId>(larder-(?!bom).+)</artifactId>").matcher(page);
    var count = 0;
    while (artifacts.find()) {
      assertTrue(bom.contains("<artifactId>" + artifacts.group(1) + "<"), artifacts.group(1));
      count++;
    }
    assertTrue(count > 0, "the page has no pom");
  }
}
