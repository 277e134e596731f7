package dev.larder.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links between pages lead to files that are there, and to headings that are in them. */
class LinksTest {

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));
  private static final Pattern LINK =
      Pattern.compile("\\]\\((?!https?:)([^)\\s#]*)(?:#([^)\\s]+))?\\)");
  private static final Pattern CODE = Pattern.compile("(?ms)^ {0,3}```.*?^ {0,3}```$");
  private static final Pattern NAMED = Pattern.compile("<a id=\"([^\"]+)\"></a>");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");

  @Test
  void everyLinkLeadsSomewhere() throws IOException {
    var broken = new ArrayList<String>();
    var count = 0;
    for (var page : pages()) {
      var links = LINK.matcher(prose(page));
      while (links.find()) {
        count++;
        var name = links.group(1);
        var target = name.isEmpty() ? page : page.resolveSibling(name).normalize();
        if (!Files.exists(target)) {
          broken.add(ROOT.relativize(page) + ": " + links.group());
        } else if (links.group(2) != null && !anchors(target).contains(links.group(2))) {
          broken.add(ROOT.relativize(page) + ": no such heading: " + links.group());
        }
      }
    }
    assertEquals(List.of(), broken);
    assertTrue(count > 100, "few links found: " + count);
  }

  /** A page that nothing in README.md leads to is read by nobody. */
  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    var reached = new HashSet<Path>();
    var next = new ArrayList<>(List.of(ROOT.resolve("README.md")));
    while (!next.isEmpty()) {
      var page = next.remove(next.size() - 1);
      if (reached.add(page)) {
        LINK.matcher(prose(page))
            .results()
            .map(link -> page.resolveSibling(link.group(1)).normalize())
            .filter(target -> target.toString().endsWith(".md"))
            .forEach(next::add);
      }
    }
    var unread = new ArrayList<>(pages());
    unread.removeAll(reached);
    assertEquals(List.of(), unread);
  }

  private static String prose(Path page) throws IOException {
    return CODE.matcher(Files.readString(page)).replaceAll("");
  }

  /** As GitHub makes them: lower case, no punctuation, dashes for blanks, numbered if repeated. */
  private static Set<String> anchors(Path page) throws IOException {
    var anchors = new HashSet<String>();
    NAMED.matcher(prose(page)).results().forEach(named -> anchors.add(named.group(1)));
    for (var heading : HEADING.matcher(prose(page)).results().toList()) {
      var text = heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1");
      var anchor =
          text.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\w\\- ]", "").replace(' ', '-');
      var numbered = anchor;
      for (int number = 1; !anchors.add(numbered); number++) {
        numbered = anchor + "-" + number;
      }
    }
    return anchors;
  }

  private static List<Path> pages() throws IOException {
    try (var top = Files.list(ROOT);
        var docs = Files.walk(ROOT.resolve("docs"));
        var examples = Files.walk(ROOT.resolve("examples"), 2)) {
      return Stream.of(top, docs, examples)
          .flatMap(files -> files)
          .filter(file -> file.toString().endsWith(".md"))
          .filter(file -> !file.startsWith(ROOT.resolve("docs/target")))
          .sorted()
          .toList();
    }
  }
}
