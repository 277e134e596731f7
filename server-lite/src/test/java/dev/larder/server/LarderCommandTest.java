package dev.larder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class LarderCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void versionIsFilledInByTheBuild() {
    assertEquals(0, run("version"));
    assertTrue(
        out.toString().matches("(?s)larder \\d+\\.\\d+\\.\\d+\\S*\\Rjava .*"), out::toString);
  }

  @Test
  void helpListsTheVerbs() {
    assertEquals(0, run("help"));
    for (var verb : new String[] {"demo", "bench", "health", "version", "help"}) {
      assertTrue(out.toString().contains("  " + verb + " "), out::toString);
    }
  }

  @Test
  void helpOfAVerbShowsItsOptions() {
    assertEquals(0, run("help", "demo"));
    assertTrue(out.toString().contains("--entries=N"), out::toString);
  }

  @Test
  void unknownVerbEndsWithTwo() {
    assertEquals(2, run("dmeo"));
    assertTrue(err.toString().contains("dmeo"), err::toString);
  }

  @Test
  void noVerbEndsWithTwoAndShowsTheUsage() {
    assertEquals(2, run());
    assertTrue(err.toString().contains("Usage: larder"), err::toString);
  }

  private int run(String... arguments) {
    return LarderCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }
}
