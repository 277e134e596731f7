package dev.larder.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each message on the page of troubles is one that the code gives: it is provoked here, or it
 * stands in the sources, where provoking it would take a broken disk or a slow network.
 */
class TroubleshootingTest {

  private static final Path ROOT = Path.of(System.getProperty("larder.root"));
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```text\n(.*?)^```$");

  /** What the parts that differ are written as. */
  private static final String ANY = "…";

  /** The bar between two literals of one text. */
  private static final Pattern JOINT = Pattern.compile("\"\\s*\\+\\s*\"");

  /** Those that only stand in the sources; a test of the module provokes each. */
  private static final List<String> UNPROVOKED =
      List.of(
          "…: the name is not known to the resolver (DNS); is remote.hosts right?",
          "no server does at present: …",
          "bytes wait for the server already, and …",
          "…: its certificate is not trusted; name a file with the certificate of its authority in"
              + " remote.trust",
          "…: the connection broke before the answer was complete",
          "…; the change may have been made",
          "… was ruined and starts empty: …",
          "server.host: … can be reached from other machines, and there is no password; allowed:"
              + " set a password (LARDER_PASSWORD, server.password, --password-file), or say that"
              + " everybody may read and write (LARDER_INSECURE=true, server.insecure,"
              + " --insecure)",
          "cannot listen on …; allowed: a free port that this user may open and an address of this"
              + " machine, see … and server.host (--host, LARDER_HOST)",
          "server.snapshot: …; move that file away to start without its entries");

  @TempDir private Path folder;

  @Test
  void everyMessageComesOutOfTheCode() throws Exception {
    var messages = messages();
    messages.removeAll(UNPROVOKED);
    var provoked = new Provocations(folder).all();
    var missing =
        messages.stream()
            .filter(
                message -> provoked.stream().noneMatch(it -> pattern(message).matcher(it).find()))
            .toList();
    assertEquals(List.of(), missing, () -> "provoked: " + String.join("\n", provoked));
  }

  @Test
  void whatIsNotProvokedStandsInTheSources() throws Exception {
    assertTrue(messages().containsAll(UNPROVOKED), "the list has one that the page has not");
    var sources = sources();
    for (var message : UNPROVOKED) {
      Arrays.stream(message.split(ANY))
          .map(part -> part.replaceAll("^[:;',\\s]+|[:;',\\s]+$", ""))
          .filter(part -> part.length() > 2)
          .forEach(part -> assertTrue(sources.contains(part), () -> message + " -> " + part));
    }
  }

  private static List<String> messages() throws Exception {
    var page = Files.readString(ROOT.resolve("docs/troubleshooting.md"));
    return BLOCK
        .matcher(page)
        .results()
        .flatMap(block -> block.group(1).lines())
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static Pattern pattern(String message) {
    return Pattern.compile(
        Arrays.stream(message.split(ANY, -1))
            .map(Pattern::quote)
            .collect(Collectors.joining(".+?")));
  }

  private static String sources() throws Exception {
    try (Stream<Path> files = Files.walk(ROOT)) {
      var text = new StringBuilder();
      for (var file : files.filter(it -> it.toString().matches(".*/src/main/.*\\.java")).toList()) {
        text.append(Files.readString(file));
      }
      return JOINT.matcher(text).replaceAll("");
    }
  }
}
