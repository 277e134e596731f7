package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class BreakerTest {
  private static final long LONG = Breaker.LONGEST.toNanos();
  private static final long CALM = Breaker.CALM.toNanos() + 1;
  private long now = -5;
  private final Breaker breaker = new Breaker(new Jitter(42), now);

  @Test
  void aFewFailuresOfRequestsThatArrivedChangeNothing() {
    for (var i = 1; i < Breaker.FAILURES; i++) {
      breaker.failed(false, now, now);
    }
    assertTrue(breaker.passes(now));
    breaker.worked(now);
    breaker.failed(false, now, now);
    assertTrue(breaker.passes(now), "they are counted one after the other");
  }

  @Test
  void manyOpenIt() {
    for (var i = 0; i < Breaker.FAILURES; i++) {
      breaker.failed(false, now, now);
    }
    assertFalse(breaker.passes(now));
  }

  @Test
  void oneThatCouldNotConnectOpensItAtOnce() {
    breaker.failed(true, now, now);
    assertFalse(breaker.passes(now));
    assertTrue(breaker.left(now) > 0);
  }

  @Test
  void onlyOneRequestFindsOutWhetherTheHostIsBack() {
    breaker.failed(true, now, now);
    now += LONG;
    assertTrue(breaker.passes(now));
    assertFalse(breaker.passes(now), "a second one while the first is under way");
    breaker.worked(now);
    assertTrue(breaker.passes(now));
    assertTrue(breaker.passes(now));
  }

  @Test
  void oneThatFindsNothingOutLeavesItToTheNext() {
    breaker.failed(true, now, now);
    now += LONG;
    assertTrue(breaker.passes(now));
    breaker.undecided(now);
    assertTrue(breaker.passes(now));
  }

  @Test
  void aHostThatStaysAwayIsLeftAloneLongerEachTimeUpToABound() {
    var before = 0L;
    for (var i = 0; i < 20; i++) {
      breaker.failed(true, now, now);
      var left = breaker.left(now);
      assertTrue(left >= before / 2 && left <= LONG, "left alone for " + left);
      before = left;
      now += left;
      assertTrue(breaker.passes(now));
    }
    assertTrue(before >= LONG / 2);
  }

  @Test
  void aHostThatWasWellForLongBeginsAnew() {
    for (var i = 0; i < 10; i++) {
      breaker.failed(true, now, now);
      now += LONG;
      assertTrue(breaker.passes(now));
    }
    breaker.worked(now);
    now += CALM;
    breaker.failed(true, now, now);
    assertTrue(breaker.left(now) <= Breaker.SHORTEST.toNanos());
  }

  @Test
  void aHostThatComesAndGoesIsLeftAloneForLonger() {
    for (var i = 0; i < 10; i++) {
      breaker.failed(true, now, now);
      now += LONG;
      assertTrue(breaker.passes(now));
      breaker.worked(now);
      now += Duration.ofSeconds(1).toNanos();
    }
    breaker.failed(true, now, now);
    assertTrue(breaker.left(now) >= LONG / 2);
  }

  @Test
  void anAnswerThatWasLongOnItsWayClosesNothing() {
    breaker.failed(true, now, now);
    breaker.worked(now);
    assertInstanceOf(Breaker.Open.class, breaker.state());
    assertEquals(0, new Breaker(new Jitter(1), 0).left(0));
  }
}
