package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.engine.SystemClock;
import dev.larder.tck.support.LarderServer;
import dev.larder.tck.support.PeerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two applications in processes of their own, and a server in a third, share a cache. Each has a
 * lease and a load for 2 s at most.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class TwoProcessesTest {
  /** What others wait for a process that is gone: two seconds, and room for a busy machine. */
  private static final Duration SOON = Duration.ofSeconds(10);

  private static LarderServer server;
  private static int tests;

  private PeerProcess one;
  private PeerProcess other;
  private String namespace;

  @BeforeAll
  static void serve() throws IOException {
    server = LarderServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void start() throws IOException {
    namespace = "test-" + ++tests;
    one = PeerProcess.start(Peer.class, server.host());
    other = PeerProcess.start(Peer.class, server.host());
  }

  @AfterEach
  void end() {
    one.close();
    other.close();
  }

  private void open(PeerProcess peer, int life) throws IOException, InterruptedException {
    peer.does("open " + namespace + " " + life, "did open");
  }

  private void openBoth() throws IOException, InterruptedException {
    open(one, 300);
    open(other, 300);
  }

  @Test
  void bothSeeWhatEitherWrites() throws Exception {
    openBoth();
    one.does("put k 7", "did put");
    assertEquals("got 7", other.does("get k", "got"));
    other.does("put k 8", "did put");
    assertEquals("got 8", one.does("get k", "got"));
  }

  @Test
  void oneWithAnotherDescriptionIsToldWhatDiffersAndHindersNobody() throws Exception {
    open(one, 300);
    one.does("put k 7", "did put");
    other.tell("open " + namespace + " 600");
    var refusal = other.hears("failed");
    assertTrue(refusal.startsWith("failed ConfigurationException"), refusal);
    assertTrue(refusal.contains("shared"), refusal);
    assertTrue(refusal.contains("life") || refusal.contains("timeToLive"), refusal);
    assertEquals("got 7", one.does("get k", "got"));
    open(other, 300);
    assertEquals("got 7", other.does("get k", "got"));
  }

  @Test
  void namespacesKeepThemApart() throws Exception {
    open(one, 300);
    other.does("open " + namespace + "-other 600", "did open");
    one.does("put k 7", "did put");
    assertEquals("got null", other.does("get k", "got"));
  }

  @Test
  void dataOutlivesTheProcessThatWroteItUntilItIsDestroyed() throws Exception {
    open(one, 300);
    one.does("put k 7", "did put");
    assertEquals(0, one.end());
    open(other, 300);
    assertEquals("got 7", other.does("get k", "got"));
    other.does("destroy", "did destroy");
    open(other, 600);
    assertEquals("got null", other.does("get k", "got"));
  }

  @Test
  void updateFunctionsOfBothAddUp() throws Exception {
    openBoth();
    one.tell("increment k 150");
    other.tell("increment k 150");
    one.hears("did increment");
    other.hears("did increment");
    assertEquals("got 300", one.does("get k", "got"));
  }

  @Test
  void oneComputesForBoth() throws Exception {
    openBoth();
    one.tell("slowly load seventh");
    one.hears("loading");
    other.tell("slowly load seventh");
    assertEquals("got null", other.does("get seventh", "got"));
    one.does("go", "did go");
    assertEquals("loaded 7", one.hears("loaded"));
    assertEquals("loaded 7", other.hears("loaded"));
    assertEquals(0, other.heard("loading"), "both computed");
    assertEquals(1, one.heard("loading"));
  }

  @Test
  void otherGoesOnAfterTheLeaseOfAKilledHolder() throws Exception {
    openBoth();
    one.does("put k 7", "did put");
    one.tell("slowly hold k");
    one.hears("holding");
    one.kill();
    var waited = waited(() -> other.does("increment k 1", "did increment"));
    assertTrue(waited.compareTo(SOON) < 0, () -> "waited " + waited);
    assertEquals("got 8", other.does("get k", "got"));
  }

  @Test
  void holderThatIsTooLateIsRefusedAndChangesNothing() throws Exception {
    openBoth();
    one.does("put k 7", "did put");
    one.tell("slowly hold k");
    one.hears("holding");
    other.does("put k 9", "did put");
    one.tell("go");
    var refusal = one.hears("failed");
    assertTrue(refusal.startsWith("failed LeaseLostException"), refusal);
    assertEquals("got 9", one.does("get k", "got"));
  }

  @Test
  void otherLoadsItselfAfterTheTimeOfAKilledLoader() throws Exception {
    openBoth();
    one.tell("slowly load k");
    one.hears("loading");
    one.kill();
    var waited = waited(() -> assertEquals("loaded 2", other.does("load-at-once k", "loaded")));
    assertTrue(waited.compareTo(SOON) < 0, () -> "waited " + waited);
  }

  private interface Step {
    void run() throws Exception;
  }

  private static Duration waited(Step step) throws Exception {
    var began = SystemClock.instance().ticks();
    step.run();
    return Duration.ofNanos(SystemClock.instance().ticks() - began);
  }
}
