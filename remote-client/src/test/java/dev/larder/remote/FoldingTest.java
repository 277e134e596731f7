package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.StoreException;
import dev.larder.server.http.v1.V1Server;
import dev.larder.testkit.Actor;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class FoldingTest {
  private final V1Server server = V1Server.start();
  private final Way way = Way.to("127.0.0.1:" + server.port());
  private final Link.Folder folder = way.folder();

  @AfterEach
  void end() {
    way.close();
    server.close();
    assertEquals(List.of(), server.failures());
  }

  @Test
  void oneCallerGetsItsAnswer() {
    assertEquals(404, folder.askAndWait(TestOp.get("a")).status());
    assertEquals(201, folder.askAndWait(TestOp.put("a", "1")).status());
    assertEquals("1", TestOp.text(folder.askAndWait(TestOp.get("a"))));
  }

  @Test
  void manyCallersEachGetTheirOwnAnswer() throws Exception {
    var threads = 64;
    var rounds = 200;
    var wrong = new ConcurrentLinkedQueue<String>();
    var done = new CountDownLatch(threads);
    for (var i = 0; i < threads; i++) {
      var name = "key" + i;
      way.context()
          .executor()
          .execute(
              () -> {
                try {
                  for (var round = 0; round < rounds; round++) {
                    folder.askAndWait(TestOp.put(name, name + round));
                    var seen = TestOp.text(folder.askAndWait(TestOp.get(name)));
                    if (!seen.equals(name + round)) {
                      wrong.add(seen);
                    }
                  }
                } catch (RuntimeException e) {
                  wrong.add(e.toString());
                } finally {
                  done.countDown();
                }
              });
    }
    assertTrue(done.await(50, TimeUnit.SECONDS));
    assertEquals(List.of(), List.copyOf(wrong));
    assertTrue(server.http().connections() <= 4, "the connections are bounded");
  }

  @Test
  void callersThatDoNotWaitGetTheirAnswers() throws Exception {
    var asked = new ArrayList<CompletableFuture<Answer>>();
    for (var i = 0; i < 5_000; i++) {
      asked.add(folder.ask(TestOp.increment("n")));
    }
    for (var answer : asked) {
      assertTrue(answer.get(50, TimeUnit.SECONDS).status() < 300);
    }
    assertEquals("5000", TestOp.text(folder.askAndWait(TestOp.get("n"))));
  }

  @Test
  void manyOperationsOfOneCallerKeepTheirOrder() throws Exception {
    var ops = new ArrayList<Op>();
    for (var i = 0; i < 25_000; i++) {
      ops.add(TestOp.put("same", "" + i));
    }
    var answers = folder.askAll(ops);
    var last = 0L;
    for (var answer : answers) {
      var version = answer.get(50, TimeUnit.SECONDS).version();
      assertTrue(version > last);
      last = version;
    }
    assertEquals("24999", TestOp.text(folder.askAndWait(TestOp.get("same"))));
  }

  /** After quick answers one request gets none until a second one comes beside it. */
  @Test
  void nobodyWaitsLongForTheRequestOfSomebodyElse() throws Exception {
    var quick = 200;
    var both = new CountDownLatch(2);
    var slow = new RawServer[1];
    slow[0] =
        new RawServer(
            socket -> {
              while (slow[0].request(socket)) {
                if (slow[0].requests() > quick) {
                  both.countDown();
                  await(both);
                }
                notFound(socket);
              }
            });
    try (var server = slow[0];
        var to = Way.to(server.address(), "remote.timeout", "30s")) {
      var there = to.folder();
      for (var i = 0; i < quick; i++) {
        assertEquals(404, there.askAndWait(TestOp.get("a")).status());
      }
      var first =
          CompletableFuture.supplyAsync(
              () -> there.askAndWait(TestOp.get("a")), to.context().executor());
      Leaks.await(() -> server.requests() == quick + 1);
      assertEquals(404, there.askAndWait(TestOp.get("b")).status());
      assertEquals(404, first.get(20, TimeUnit.SECONDS).status());
    }
  }

  @Test
  void eachRequestOfManyOperationsHasATimeoutOfItsOwn() throws Exception {
    var clock = new VirtualClock();
    var scheduler = new VirtualScheduler(clock);
    var slow = new RawServer[1];
    slow[0] =
        new RawServer(
            socket -> {
              while (slow[0].request(socket)) {
                clock.advance(Duration.ofSeconds(20));
                notFound(socket);
              }
            });
    try (var server = slow[0];
        var to = Way.to(clock, scheduler, server.address(), "remote.timeout", "30s")) {
      var ops = new ArrayList<Op>();
      for (var i = 0; i < 4; i++) {
        ops.add(TestOp.put("big" + i, new byte[Pieces.MOST_BYTES]));
      }
      for (var answer : to.folder().askAll(ops)) {
        assertEquals(404, answer.get(50, TimeUnit.SECONDS).status());
      }
      assertEquals(4, server.requests());
    }
  }

  /** Nothing moves the scheduler, so the attempt after the first never comes. */
  @Test
  void whoGivesUpBetweenAttemptsIsToldWhatTheLastOneFailedWith() {
    var clock = new VirtualClock();
    var scheduler = new VirtualScheduler(clock);
    var cut = new RawServer[1];
    cut[0] = new RawServer(socket -> cut[0].request(socket));
    try (var server = cut[0];
        var to = Way.to(clock, scheduler, server.address())) {
      var caller = Actor.start("caller", () -> to.folder().askAndWait(TestOp.get("a")));
      while (scheduler.pending() == 0) {
        Thread.onSpinWait();
      }
      caller.interrupt();
      var told = assertThrows(StoreException.class, caller::result).getMessage();
      assertTrue(String.valueOf(told).contains("interrupted"), told);
      assertTrue(String.valueOf(told).contains("the last attempt: "), told);
      assertTrue(String.valueOf(told).contains(server.address()), told);
    }
  }

  @Test
  void aServerThatAnswersNoneOfManyOperationsIsNotAskedForEver() throws Exception {
    var odd = new RawServer[1];
    odd[0] =
        new RawServer(
            socket -> {
              while (odd[0].request(socket)) {
                RawServer.answers(socket, 2, Batch.FULL);
              }
            });
    try (var server = odd[0];
        var to = Way.to(server.address(), "remote.timeout", "30s")) {
      for (var answer : to.folder().askAll(List.of(TestOp.get("a"), TestOp.get("b")))) {
        var thrown = assertThrows(ExecutionException.class, answer::get).getCause();
        assertEquals("the server answered none of 2 operations", thrown.getMessage());
      }
      assertEquals(1, server.requests());
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(20, TimeUnit.SECONDS)) {
        throw new IOException("nothing came");
      }
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private static void notFound(Socket socket) throws IOException {
    RawServer.answers(socket, 1, 404);
  }
}
