package dev.larder.examples.hibernate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogueTest {

  @Test
  void databaseIsAskedOnceForEachProductAndQuery() {
    var lines = run();
    assertEquals(6, lines.size(), lines::toString);
    assertTrue(lines.get(0).matches("first reads +100 statements, +900 entities.*"), lines.get(0));
    assertTrue(lines.get(1).matches("later reads +0 statements, 1000 entities.*"), lines.get(1));
    assertTrue(lines.get(2).matches("query, first +1 statements.* 0 queries.*"), lines.get(2));
    assertTrue(lines.get(3).matches("query, again +0 statements.* 1 queries.*"), lines.get(3));
    assertTrue(lines.get(4).matches("a sale +1 statements, +1 entities.*"), lines.get(4));
    assertTrue(lines.get(5).matches("query, after it +1 statements.* 0 queries.*"), lines.get(5));
  }

  private static List<String> run() {
    var printed = new ByteArrayOutputStream();
    var before = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Catalogue.main(new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(StandardCharsets.UTF_8).lines().toList();
  }
}
