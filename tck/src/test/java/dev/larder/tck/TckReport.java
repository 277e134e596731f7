package dev.larder.tck;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What one run of the TCK did, read from Surefire's XML reports. An excluded test of the TCK counts
 * as a pass there, so the lines in which the TCK says that it excludes one are counted too.
 *
 * @param ran the tests, excluded ones included
 * @param failed those that failed or ended in an error, by name
 * @param skipped those that JUnit skipped
 * @param excluded the lines "EXCLUDING TEST" in the output
 * @param javaVersions the versions of Java that ran them
 */
record TckReport(
    int ran, List<String> failed, int skipped, int excluded, Set<String> javaVersions) {

  static final int TESTS = 493;

  /** The TCK's own dummy test. Without beans of {@link GuiceBeans} the 12 of annotations too. */
  static final int EXCLUDED = 1;

  private static final Pattern EXCLUDING = Pattern.compile("EXCLUDING TEST");

  /**
   * Reads the reports in a folder that were written at or after an instant; older ones are stale.
   */
  static TckReport read(Path folder, Instant notBefore) {
    var ran = 0;
    var skipped = 0;
    var excluded = 0;
    var failed = new ArrayList<String>();
    var versions = new TreeSet<String>();
    for (var file : reports(folder, notBefore)) {
      var suite = parse(file);
      ran += Integer.parseInt(suite.getAttribute("tests"));
      skipped += Integer.parseInt(suite.getAttribute("skipped"));
      excluded += (int) EXCLUDING.matcher(suite.getTextContent()).results().count();
      failed.addAll(failures(suite, "failure"));
      failed.addAll(failures(suite, "error"));
      versions.add(property(suite, "java.specification.version"));
    }
    return new TckReport(ran, failed, skipped, excluded, versions);
  }

  /** What is wrong with the run; empty when it is what the project promises. */
  List<String> complaints() {
    var complaints = new ArrayList<String>();
    if (ran != TESTS) {
      complaints.add("ran " + ran + " tests instead of " + TESTS);
    }
    if (!failed.isEmpty()) {
      complaints.add(failed.size() + " failed: " + failed);
    }
    if (skipped != 0) {
      complaints.add(skipped + " were skipped");
    }
    if (excluded != EXCLUDED) {
      complaints.add(excluded + " were excluded instead of " + EXCLUDED);
    }
    return complaints;
  }

  private static List<Path> reports(Path folder, Instant notBefore) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
          .filter(file -> !modified(file).isBefore(notBefore))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Instant modified(Path file) {
    try {
      return Files.getLastModifiedTime(file).toInstant();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Element parse(Path file) {
    try {
      var builder = DocumentBuilderFactory.newDefaultInstance().newDocumentBuilder();
      return builder.parse(file.toFile()).getDocumentElement();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("cannot read " + file, e);
    }
  }

  private static List<String> failures(Element suite, String kind) {
    var names = new ArrayList<String>();
    var found = suite.getElementsByTagName(kind);
    for (var i = 0; i < found.getLength(); i++) {
      var test = (Element) found.item(i).getParentNode();
      names.add(test.getAttribute("classname") + "#" + test.getAttribute("name"));
    }
    return names;
  }

  private static String property(Element suite, String name) {
    var properties = suite.getElementsByTagName("property");
    for (var i = 0; i < properties.getLength(); i++) {
      var property = (Element) properties.item(i);
      if (property.getAttribute("name").equals(name)) {
        return property.getAttribute("value");
      }
    }
    return "unknown";
  }
}
