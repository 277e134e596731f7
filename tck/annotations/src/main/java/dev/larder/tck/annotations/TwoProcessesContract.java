package dev.larder.tck.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.larder.tck.support.PeerProcess;
import dev.larder.tck.support.Place;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/**
 * Annotated methods in two processes over caches in one server. The processes live as long as the
 * class; each test opens a namespace of its own in both.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TwoProcessesContract {
  private final PeerProcess one;
  private final PeerProcess other;
  private int tests;

  /**
   * Over a container.
   *
   * @param peer a program that hands its arguments to {@link AnnotatedPeer#run}
   */
  protected TwoProcessesContract(Class<?> peer) throws IOException {
    one = PeerProcess.start(peer, Place.host());
    other = PeerProcess.start(peer, Place.host());
  }

  @BeforeEach
  void open() throws IOException, InterruptedException {
    var namespace = "annotated-" + ++tests;
    one.does("open " + namespace, "did open");
    other.does("open " + namespace, "did open");
    one.forget();
    other.forget();
  }

  @AfterAll
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

  /** Forbidden: both begin a stage for one key at the same time, or one that waits blocks. */
  @Test
  void oneStageIsForBoth() throws Exception {
    one.does("later SUNDAY Leeds", "has a stage");
    other.does("later SUNDAY Leeds", "has a stage");
    one.does("go", "did go");
    var got = one.hears("got");
    assertEquals(got, other.hears("got"));
    assertEquals(0, other.heard("computing"), "both computed");
  }

  /** Forbidden: a stage that was begun before a removal by the other is found after it. */
  @Test
  void removalByTheOtherDuringAStageWins() throws Exception {
    one.does("later SUNDAY Leeds", "has a stage");
    other.does("change SUNDAY Leeds", "did change");
    one.does("go", "did go");
    var old = one.hears("got");
    other.does("go", "did go");
    assertNotEquals(old, other.does("later SUNDAY Leeds", "got"));
  }
}
