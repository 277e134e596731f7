package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.larder.tck.support.LarderServer;
import dev.larder.tck.support.PeerProcess;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Annotated methods in two processes over caches in one server. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class AnnotationsInTwoProcessesTest {
  private static LarderServer server;
  private static int tests;

  private PeerProcess one;
  private PeerProcess other;

  @BeforeAll
  static void serve() throws IOException {
    server = LarderServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void open() throws IOException, InterruptedException {
    var namespace = "annotated-" + ++tests;
    one = PeerProcess.start(AnnotatedPeer.class, server.host());
    other = PeerProcess.start(AnnotatedPeer.class, server.host());
    one.does("open " + namespace, "did open");
    other.does("open " + namespace, "did open");
  }

  @AfterEach
  void end() {
    one.close();
    other.close();
  }

  /** Forbidden: both run the method for one key at the same time. */
  @Test
  void oneComputesForBoth() throws Exception {
    one.tell("hours SUNDAY Leeds");
    one.hears("computing");
    other.tell("hours SUNDAY Leeds");
    assertEquals("did change", other.does("change MONDAY York", "did change"));
    one.does("go", "did go");
    var got = one.hears("got");
    assertEquals(got, other.hears("got"));
    assertEquals(0, other.heard("computing"), "both computed");
  }

  /** Forbidden: a key made in one process is another in the other. */
  @Test
  void removalInOneIsSeenByTheOther() throws Exception {
    one.does("go", "did go");
    other.does("go", "did go");
    var first = one.does("hours FRIDAY Leeds", "got");
    assertEquals(first, other.does("hours FRIDAY Leeds", "got"));
    other.does("change FRIDAY Leeds", "did change");
    assertNotEquals(first, other.does("hours FRIDAY Leeds", "got"));
  }

  /** Forbidden: a process leaves entries whose keys it has not made itself. */
  @Test
  void removalOfAllTakesWhatTheOtherHasMade() throws Exception {
    one.does("go", "did go");
    other.does("go", "did go");
    var first = one.does("hours FRIDAY Leeds", "got");
    other.does("change-all", "did change-all");
    assertNotEquals(first, other.does("hours FRIDAY Leeds", "got"));
  }

  @Test
  void nothingIsAnAnswerForBoth() throws Exception {
    assertEquals("got Optional.empty", one.does("closing SUNDAY", "got"));
    assertEquals("got Optional.empty", other.does("closing SUNDAY", "got"));
    assertEquals(0, other.heard("computing"));
  }

  /** Forbidden: what was computed before a removal by the other is found after it. */
  @Test
  void removalByTheOtherDuringAComputationWins() throws Exception {
    one.tell("hours SUNDAY Leeds");
    one.hears("computing");
    other.does("change SUNDAY Leeds", "did change");
    one.does("go", "did go");
    var old = one.hears("got");
    other.does("go", "did go");
    assertNotEquals(old, other.does("hours SUNDAY Leeds", "got"));
  }

  /** Forbidden: the same, by a removal of everything. */
  @Test
  void removalOfAllByTheOtherDuringAComputationWins() throws Exception {
    one.tell("hours SUNDAY Leeds");
    one.hears("computing");
    other.does("change-all", "did change-all");
    one.does("go", "did go");
    var old = one.hears("got");
    other.does("go", "did go");
    assertNotEquals(old, other.does("hours SUNDAY Leeds", "got"));
  }
}
