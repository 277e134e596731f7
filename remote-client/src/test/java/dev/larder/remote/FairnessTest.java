package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.server.http.v1.V1Server;
import dev.larder.spi.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations that share a request do not share their troubles. */
@Timeout(60)
final class FairnessTest {
  private final Leaks leaks = new Leaks();

  @AfterEach
  void nothingIsLeftOver() {
    leaks.assertNone();
  }

  /** A server that answers when it is let, so that operations meet in the queue. */
  private static final class Gate implements AutoCloseable {
    private final CountDownLatch let = new CountDownLatch(1);
    private final RawServer server;

    Gate() {
      var self = new RawServer[1];
      self[0] =
          new RawServer(
              socket -> {
                while (self[0].request(socket)) {
                  try {
                    let.await();
                  } catch (InterruptedException e) {
                    return;
                  }
                  RawServer.say(
                      socket,
                      "HTTP/1.1 503 Busy\r\nContent-Type: application/problem+json\r\n"
                          + "Content-Length: 17\r\n\r\n{\"type\":\"x/busy\"}");
                }
              });
      server = self[0];
    }

    @Override
    public void close() {
      let.countDown();
      server.close();
    }
  }

  private static Thread started(Runnable work) {
    var thread = new Thread(work, "caller");
    thread.start();
    return thread;
  }

  @Test
  void aLeasedKeyHoldsUpNobodyElse() throws Exception {
    try (var server = V1Server.start();
        var way = Way.to("127.0.0.1:" + server.port(), "remote.connections", "1")) {
      var lease =
          new Ask("POST", path("leases/held?atMost=2s"), null, Ask.CBOR, false, Duration.ZERO);
      assertEquals(201, way.link().sendAndWait(lease).status());
      var folder = way.folder();
      var held = new ArrayList<CompletableFuture<Answer>>();
      held.add(folder.ask(TestOp.put("held", "later")));
      held.addAll(folder.askAll(List.of(TestOp.put("free", "1"), TestOp.put("held", "last"))));
      for (var i = 0; i < 100; i++) {
        assertEquals(i == 0 ? 404 : 200, folder.askAndWait(TestOp.get("other")).status());
        folder.askAndWait(TestOp.put("other", "" + i));
      }
      Leaks.await(() -> server.waiting("default") == 2);
      assertFalse(held.get(0).isDone());
      server.advance(Duration.ofSeconds(3));
      for (var answer : held) {
        assertTrue(answer.get(20, TimeUnit.SECONDS).status() < 300);
      }
    }
  }

  private static String path(String rest) {
    return "/v1/caches/default/" + rest;
  }

  @Test
  void aCallerWhoseKeyIsLeasedIsToldSoWhenItsTimeIsUp() {
    try (var server = V1Server.timed(new dev.larder.testkit.VirtualClock());
        var way = Way.to("127.0.0.1:" + server.port(), "remote.timeout", "500ms")) {
      var lease =
          new Ask("POST", path("leases/held?atMost=2s"), null, Ask.CBOR, false, Duration.ZERO);
      assertEquals(201, way.link().sendAndWait(lease).status());
      assertEquals(Batch.LEASED, way.folder().askAndWait(TestOp.put("held", "1")).status());
    }
  }

  @Test
  void anOperationThatTheServerCannotReadFailsAlone() throws Exception {
    try (var server = V1Server.start();
        var way = Way.to("127.0.0.1:" + server.port(), "remote.connections", "1")) {
      var folder = way.folder();
      var asked = new ArrayList<CompletableFuture<Answer>>();
      for (var i = 0; i < 500; i++) {
        asked.add(
            folder.ask(
                i % 100 == 50
                    ? new TestOp("nonsense", TestOp.bytes("k"), null, false)
                    : TestOp.put("k" + i, "v")));
      }
      for (var i = 0; i < 500; i++) {
        var answer = asked.get(i);
        if (i % 100 == 50) {
          var thrown = assertThrows(ExecutionException.class, answer::get).getCause();
          assertTrue(thrown.getMessage().contains("nonsense"), thrown.getMessage());
          assertFalse(thrown instanceof OutcomeUnknownException, "nothing was done");
        } else {
          assertEquals(201, answer.get().status());
        }
      }
    }
  }

  @Test
  void aCallerThatIsInterruptedWhileItWaitsForItsTurnDidNothing() throws Exception {
    try (var gate = new Gate();
        var way =
            Way.to(gate.server.address(), "remote.connections", "1", "remote.max-retries", "0")) {
      var folder = way.folder();
      var first = folder.ask(TestOp.get("a"));
      Leaks.await(() -> gate.server.requests() == 1);
      var thrown = new AtomicReference<Throwable>();
      var caller =
          started(
              () -> {
                try {
                  folder.askAndWait(TestOp.put("a", "1"));
                } catch (StoreException e) {
                  thrown.set(Thread.currentThread().isInterrupted() ? e : null);
                }
              });
      Leaks.await(() -> caller.getState() == Thread.State.TIMED_WAITING);
      caller.interrupt();
      caller.join();
      var told = thrown.get();
      assertNotNull(told);
      assertFalse(told instanceof OutcomeUnknownException);
      assertTrue(told.getMessage().contains("not sent"), told.getMessage());
      gate.let.countDown();
      assertThrows(ExecutionException.class, first::get);
    }
  }

  @Test
  void anInterruptOfOneCallerConcernsNoChangeOfOthers() throws Exception {
    var unknown = new AtomicReference<Throwable>();
    var stop = new CountDownLatch(1);
    try (var server = V1Server.start();
        var way = Way.to("127.0.0.1:" + server.port())) {
      var folder = way.folder();
      var others = new ArrayList<Thread>();
      for (var i = 0; i < 6; i++) {
        others.add(
            started(
                () -> {
                  try {
                    while (stop.getCount() > 0) {
                      folder.askAndWait(TestOp.put("k", "v"));
                    }
                  } catch (StoreException e) {
                    unknown.set(e);
                  }
                }));
      }
      var interrupted = new AtomicInteger();
      var one =
          started(
              () -> {
                while (interrupted.get() < 300) {
                  try {
                    folder.askAndWait(TestOp.put("k", "v"));
                  } catch (StoreException e) {
                    // Of its own it hears, and goes on.
                    Thread.interrupted();
                    interrupted.incrementAndGet();
                  }
                }
              });
      while (one.isAlive()) {
        one.interrupt();
        one.join(1);
      }
      stop.countDown();
      for (var other : others) {
        other.join();
      }
    }
    assertNull(unknown.get(), () -> "an interrupt of somebody else: " + unknown.get());
  }

  @Test
  void aCallerThatComesInterruptedDoesNothing() {
    try (var server = V1Server.start();
        var way = Way.to("127.0.0.1:" + server.port())) {
      Thread.currentThread().interrupt();
      assertThrows(StoreException.class, () -> way.folder().askAndWait(TestOp.put("a", "1")));
      assertTrue(Thread.interrupted());
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
    }
  }

  @Test
  void operationsThatWaitTooLongForTheirTurnDidNothing() throws Exception {
    try (var gate = new Gate();
        var way =
            Way.to(gate.server.address(), "remote.connections", "1", "remote.timeout", "400ms")) {
      var folder = way.folder();
      var sent = folder.ask(TestOp.put("a", "1"));
      Leaks.await(() -> gate.server.requests() == 1);
      var queued = folder.ask(TestOp.put("b", "1"));
      var unknown = assertThrows(ExecutionException.class, sent::get).getCause();
      assertInstanceOf(OutcomeUnknownException.class, unknown);
      var known = assertThrows(ExecutionException.class, queued::get).getCause();
      assertInstanceOf(StoreException.class, known);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "remote.max-queued, 3, 'remote.max-queued is 3;'",
    "remote.max-queued-bytes, 200B, 'remote.max-queued-bytes is 200;'"
  })
  void moreThanTheQueueHoldsIsRefused(String option, String value, String told) throws Exception {
    try (var gate = new Gate();
        var way =
            Way.to(
                gate.server.address(),
                "remote.connections",
                "1",
                "remote.max-retries",
                "0",
                option,
                value)) {
      var folder = way.folder();
      var asked = new ArrayList<CompletableFuture<Answer>>();
      asked.add(folder.ask(TestOp.put("a", "1")));
      Leaks.await(() -> gate.server.requests() == 1);
      for (var i = 0; i < 3; i++) {
        asked.add(folder.ask(TestOp.put("a", new byte[40])));
      }
      var beyond = folder.ask(TestOp.put("a", "1"));
      var thrown = assertThrows(ExecutionException.class, beyond::get).getCause();
      assertTrue(thrown.getMessage().contains("3 operations with "), thrown.getMessage());
      assertTrue(thrown.getMessage().contains(told), thrown.getMessage());
      assertTrue(thrown.getMessage().contains("not sent"), thrown.getMessage());
      for (var one : asked) {
        assertFalse(one.isDone(), "what is within the bound waits");
      }
    }
  }

  @Test
  void dependantsOfOthersDoNotRunOnACallerThatCarriedThem() throws Exception {
    try (var server = V1Server.start();
        var way = Way.to("127.0.0.1:" + server.port(), "remote.connections", "1")) {
      var folder = way.folder();
      var stop = new CountDownLatch(1);
      var caller =
          started(
              () -> {
                while (stop.getCount() > 0) {
                  folder.askAndWait(TestOp.get("a"));
                }
              });
      var ran = new ArrayList<CompletableFuture<Thread>>();
      for (var i = 0; i < 2_000; i++) {
        ran.add(folder.ask(TestOp.get("b")).thenApply(answer -> Thread.currentThread()));
      }
      for (var thread : ran) {
        assertNotEquals(caller, thread.get(20, TimeUnit.SECONDS));
      }
      stop.countDown();
      caller.join();
    }
  }

  @Test
  void cachesWithEqualOptionsShareALinkUntilTheLastReleasesIt() {
    try (var server = V1Server.start();
        var way = Way.to("127.0.0.1:" + server.port())) {
      var options = Way.options(java.util.Map.of("remote.hosts", "127.0.0.1:" + server.port()));
      var other = Links.to(options, way.context());
      var shared = ((UsedLink) way.link()).shared();
      assertEquals(shared, ((UsedLink) other).shared());
      other.release();
      other.release();
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
      way.link().release();
      assertEquals(0, shared.connections());
      assertThrows(StoreException.class, () -> way.folder().askAndWait(TestOp.get("a")));
      assertNull(way.link().hosts().get("nobody"));
    }
  }

  @Test
  void aLongAnswerIsTakenInParts() throws Exception {
    try (var server = V1Server.start();
        var way = Way.to("127.0.0.1:" + server.port(), "remote.timeout", "30s")) {
      var folder = way.folder();
      var big = new byte[9 << 20];
      var ops = new ArrayList<Op>();
      for (var i = 0; i < 10; i++) {
        assertEquals(201, folder.askAndWait(TestOp.put("big" + i, big)).status());
        ops.add(TestOp.get("big" + i));
      }
      for (var answer : folder.askAll(ops)) {
        var value = answer.get(30, TimeUnit.SECONDS).value();
        assertNotNull(value);
        assertEquals(big.length, value.array().length);
      }
      assertEquals(new Bytes(big), new Bytes(big.clone()));
    }
  }
}
