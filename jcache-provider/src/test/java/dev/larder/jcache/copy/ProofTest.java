package dev.larder.jcache.copy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

@SuppressWarnings({
  "ArrayRecordComponent",
  "ClassCanBeStatic",
  "JavaUtilDate",
  "UnusedVariable"
}) // classes are there to be looked at
class ProofTest {
  private final Proof proof = new Proof(CopyRules.NONE);

  private record Point(int x, Integer y, TimeUnit unit, ZoneId zone) {}

  private record Chain(String text, Chain next) {}

  private record Ring(Other other) {}

  private record Other(Ring ring, List<String> names) {}

  private record Array(int[] numbers) {}

  private record Wide(Number number) {}

  private record Price(BigDecimal amount) {}

  private static class Open {
    private final String text = "";
  }

  private static final class Below extends Open {
    private final long number = 1;
  }

  private static final class Settable extends Open {
    private long number;
  }

  private static class Changing {
    private int count;
  }

  private static final class BelowChanging extends Changing {}

  private static final class Cached {
    private final String text = "";
    private transient int hash;
  }

  private sealed interface Shape permits Circle, Square {}

  private record Circle(double radius) implements Shape {}

  private record Square(double side) implements Shape {}

  private sealed interface Leaky permits Round, Loose {}

  private record Round(double radius) implements Leaky {}

  private static non-sealed class Loose implements Leaky {}

  private record Drawing(Shape shape) {}

  private record Sketch(Leaky shape) {}

  private record Holder(Open open) {}

  private final class Inner {}

  private void assertProved(Class<?> type) {
    assertTrue(proof.immutable(type), type.getName());
  }

  private void assertNotProved(Class<?> type) {
    assertFalse(proof.immutable(type), type.getName());
  }

  @Test
  void classesWhoseFieldsAreFinalAndImmutableAreProved() {
    assertProved(Point.class);
    assertProved(Chain.class);
    assertProved(Open.class);
    assertProved(Below.class);
    assertProved(Drawing.class);
  }

  @Test
  void anythingThatMayChangeEndsTheProof() {
    assertNotProved(Settable.class);
    assertNotProved(BelowChanging.class);
    assertNotProved(Cached.class);
    assertNotProved(Array.class);
    assertNotProved(Wide.class);
    assertNotProved(Date.class);
    assertNotProved(int[].class);
    assertNotProved(Inner.class); // holds this test
  }

  @Test
  void whatIsAssumedInACircleIsNotConcluded() {
    assertNotProved(Other.class);
    assertNotProved(Ring.class);
    assertNotProved(Other.class);
  }

  @Test
  void aFieldHoldsSubclassesTooWhereThereMayBeSome() {
    assertNotProved(Price.class); // somebody's own BigDecimal
    assertNotProved(Holder.class);
    assertNotProved(Sketch.class);
    assertTrue(proof.holdsImmutable(Shape.class));
    assertFalse(proof.holdsImmutable(Open.class));
  }

  @Test
  void classesOfTheJdkAreNotTakenOnTrust() {
    assertNotProved(Object.class);
    assertNotProved(Thread.class);
  }

  @Test
  void lambdasAreWhatTheyCaptured() {
    var text = new Date(1).toString();
    var date = new Date(1);
    Supplier<Object> constant = () -> text;
    Supplier<Object> changing = () -> date;

    assertProved(constant.getClass());
    assertNotProved(changing.getClass());
  }

  @Test
  void usersKnowBetter() {
    var rules =
        new CopyRules(
            Set.of(Open.class, Number.class),
            Set.of(Point.class),
            Map.of(),
            CopyRules.patterns("*$Changing, x.y"),
            CopyRules.patterns("*$Chain"));
    var told = new Proof(rules);

    assertTrue(told.immutable(Settable.class)); // a subclass
    assertTrue(told.immutable(Holder.class));
    assertTrue(told.immutable(Wide.class));
    assertTrue(told.immutable(Changing.class));
    assertFalse(told.immutable(BelowChanging.class));
    assertFalse(told.immutable(Point.class));
    assertFalse(told.immutable(Chain.class));
  }
}
