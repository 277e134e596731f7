package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Methods of a class that share a cache. */
public abstract class FamiliesContract extends ContainerContract {
  private Shared methods;

  @BeforeEach
  void begin() {
    methods = managed(SharedMethods.class, Shared.class);
  }

  private static <T> Callable<T> never() {
    return () -> {
      throw new AssertionError("the method ran");
    };
  }

  /** Forbidden: one method is given what another has cached for the same argument. */
  @Test
  void methodsOfDifferentNamesDoNotMeet() throws Exception {
    assertEquals("Emma", methods.title(1, () -> "Emma"));
    assertEquals(474, methods.pages(1, () -> 474));
    assertEquals("Emma", methods.title(1, never()));
    assertEquals(474, methods.pages(1, never()));
  }

  @Test
  void overloadsOfOneNameShare() throws Exception {
    assertEquals(474, methods.pages(1, () -> 474));
    assertEquals(474, methods.pages(1, "second", never()));
  }

  @Test
  void keysAreNamedWhereMethodsCouldMeetAndOnlyThere() throws Exception {
    methods.title(1, () -> "Emma");
    methods.pages(1, () -> 474);
    methods.byName("Emma", () -> "Emma");
    var keys = new ArrayList<String>();
    cache("books").forEach(entry -> keys.add(entry.getKey().toString()));
    assertEquals("[" + unnamed("Emma") + ", pages[1], title[1]]", new TreeSet<>(keys).toString());
  }

  /** How a key looks that has no name of a method. */
  protected String unnamed(String parameter) {
    return "[" + parameter + "]";
  }

  @Test
  void putGoesToTheMethodThatReturnsSuchAValue() throws Exception {
    methods.putTitle(1, "Emma");
    methods.putPages(1, 474);
    methods.putByName("Emma", "Emma, by Jane Austen");
    assertEquals("Emma", methods.title(1, never()));
    assertEquals(474, methods.pages(1, never()));
    assertEquals("Emma, by Jane Austen", methods.byName("Emma", never()));
  }

  @Test
  void resultThatSkipsTheGetIsFoundByTheMethodThatReturnsSuchAValue() throws Exception {
    assertEquals(474, methods.createPages(1, () -> 474));
    assertEquals(474, methods.pages(1, never()));
    assertEquals("Emma", methods.title(1, () -> "Emma"));
  }

  @Test
  void removalTakesTheEntriesOfAllMethodsWithSuchAKey() throws Exception {
    methods.title(1, () -> "Emma");
    methods.pages(1, () -> 474);
    methods.title(2, () -> "Persuasion");
    methods.byName("Emma", () -> "Emma");
    methods.remove(1);
    assertEquals(2, size("books"));
    methods.removeByName("Emma");
    assertEquals(1, size("books"));
    assertEquals("Persuasion", methods.title(2, never()));
  }
}
