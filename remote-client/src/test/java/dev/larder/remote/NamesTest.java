package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  /** As docs/wire-protocol.md says. */
  private static final String TAKEN =
      "[A-Za-z0-9_][A-Za-z0-9._$(),:@+-]*(/[A-Za-z0-9_][A-Za-z0-9._$(),:@+-]*)*";

  @ParameterizedTest
  @ValueSource(
      strings = {"users", "shop/users", "org.example.Outer$Inner", "a_b-c.d:e@1", "shop/a(b),c"})
  void usualNamesStayAsTheyAre(String name) {
    assertEquals(name, Names.sent(name));
    assertEquals(name, Names.given(name));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "new cache",
        "@1/users",
        "_users",
        "_ users",
        " users",
        "_@users",
        "a+b",
        "+20",
        "_+20",
        "a//b",
        "a/",
        "/",
        "/a",
        "caf\u00e9",
        "\u00fc",
        "100%",
        "a\tb",
        "a/_b",
        "a/@b"
      })
  void everyOtherNameGetsAFormThatServersTakeAndThatLeadsBack(String name) {
    var sent = Names.sent(name);
    assertTrue(sent.matches(TAKEN), sent);
    assertEquals(name, Names.given(sent));
  }

  @Test
  void whatNobodyHereSendsIsItsOwnName() {
    assertEquals("a+zz", Names.given("a+zz"));
    assertEquals("a+41", Names.given("a+41"));
    assertEquals("_x", Names.given("_x"));
  }
}
