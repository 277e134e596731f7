package dev.larder.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class PasswordsTest {
  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler timer = new VirtualScheduler(clock);
  private final Passwords passwords = new Passwords(Secret.of("opén sesame"), clock, timer);
  private final SocketAddress here = address("10.0.0.1");

  private static SocketAddress address(String host) {
    try {
      return new InetSocketAddress(InetAddress.getByName(host), 4711);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }

  private List<Boolean> check(@Nullable String user, String password, SocketAddress from) {
    var answers = new ArrayList<Boolean>();
    passwords.check(user, password.getBytes(StandardCharsets.UTF_8), from, answers::add);
    return answers;
  }

  private List<Boolean> right() {
    return check(null, "opén sesame", here);
  }

  private List<Boolean> wrong() {
    return check(null, "guess", here);
  }

  @Test
  void rightPasswordIsAnsweredAtOnce() {
    assertTrue(passwords.wanted());
    assertEquals(List.of(true), right());
    assertEquals(List.of(true), check("default", "opén sesame", here));
    assertEquals(0, passwords.remembered());
  }

  @Test
  void otherUsersAreWrongEvenWithTheRightPassword() {
    assertEquals(List.of(false), check("admin", "opén sesame", here));
    assertEquals(List.of(false), check("", "opén sesame", here));
  }

  @Test
  void everyOtherTextIsWrong() {
    for (var text : new String[] {"", "opén sesam", "opén sesame ", "Opén sesame", "open sesame"}) {
      assertEquals(List.of(false), check(null, text, address("10.0.1." + text.length())), text);
    }
  }

  @Test
  void afterThreeMistakesEachAnswerComesTwiceAsLate() {
    for (var free = 0; free < 3; free++) {
      assertEquals(List.of(false), wrong());
    }
    for (var millis : new int[] {100, 200, 400, 800, 1_600, 3_200, 6_400, 6_400, 6_400}) {
      var answer = wrong();
      timer.advance(Duration.ofMillis(millis - 1));
      assertEquals(List.of(), answer, "too early for " + millis);
      timer.advance(Duration.ofMillis(1));
      assertEquals(List.of(false), answer);
    }
  }

  @Test
  void rightPasswordWaitsTooAndThenEndsTheWaiting() {
    for (var free = 0; free < 5; free++) {
      wrong();
    }
    timer.advance(Duration.ofMinutes(1));
    var answer = right();
    assertEquals(List.of(), answer);
    timer.advance(Passwords.LONGEST);
    assertEquals(List.of(true), answer);
    assertEquals(0, passwords.remembered());
    assertEquals(List.of(true), right());
    assertEquals(List.of(false), wrong());
  }

  @Test
  void otherAddressesDoNotWait() {
    for (var free = 0; free < 20; free++) {
      wrong();
    }
    assertEquals(List.of(true), check(null, "opén sesame", address("10.0.0.2")));
  }

  @Test
  void timeForgives() {
    for (var free = 0; free < 10; free++) {
      wrong();
    }
    timer.advance(Passwords.FORGIVEN.plusSeconds(1));
    assertEquals(List.of(true), right());
  }

  @Test
  void manyTriesAtOnceAreNotLookedAt() {
    for (var free = 0; free < 3; free++) {
      wrong();
    }
    var waiting = new ArrayList<List<Boolean>>();
    for (var tries = 0; tries < 32; tries++) {
      waiting.add(wrong());
    }
    assertEquals(32, timer.pending());
    assertEquals(List.of(false), right(), "a guess over a further connection learns nothing");
    timer.advance(Passwords.LONGEST);
    waiting.forEach(answer -> assertEquals(List.of(false), answer));
    var answer = right();
    timer.advance(Passwords.LONGEST);
    assertEquals(List.of(true), answer, "and afterwards the right one is let in");
  }

  @Test
  void addressesThatAreRememberedAreBounded() {
    for (var address = 0; address < 10_100; address++) {
      check(null, "guess", address("10.1." + address / 256 + "." + address % 256));
    }
    assertEquals(10_000, passwords.remembered());
  }

  @Test
  void addressesOfOneNetworkOfIpv6AreOne() {
    for (var host = 1; host <= 3; host++) {
      check(null, "guess", address("2001:db8::" + host));
    }
    assertEquals(1, passwords.remembered());
    assertEquals(List.of(), check(null, "guess", address("2001:db8::9")));
    assertEquals(List.of(false), check(null, "guess", address("2001:db8:0:1::9")));
  }

  @Test
  void secretsAreNotShown() {
    var secret = Secret.of("hunter2");
    assertFalse(secret.toString().contains("hunter2"));
  }
}
