package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.StoreException;
import dev.larder.server.http.v1.V1Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at a server that does them wrong: each is told, and nothing is left over. */
@Timeout(120)
final class HostileServerTest {
  private static final int CALLERS = 16;
  private static final int CALLS = 25;

  /** Far beyond the timeout of a call: who is not back by then never is. */
  private static final long STUCK = 30;

  private static final int GONE = -1;

  private final Leaks leaks = new Leaks();

  @AfterEach
  void nothingIsLeftOver() {
    leaks.assertNone();
  }

  private static int manner(Random random) {
    synchronized (random) {
      return random.nextInt(8);
    }
  }

  /** One of the ways to do a connection wrong. */
  private static void wrong(int manner, RawServer server, Socket socket) throws IOException {
    if (!server.request(socket)) {
      return;
    }
    switch (manner) {
      case 0 -> RawServer.linger(socket);
      case 1 -> RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Le");
      case 2 -> RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nxyz");
      case 3 -> RawServer.say(socket, "\u0000\u0001\u0002 no such protocol \u00ff\r\n\r\n");
      case 4 -> RawServer.answers(socket, 15, 200);
      case 5 -> RawServer.say(socket, "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
      case 6 ->
          RawServer.say(socket, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n");
      default -> socket.setSoLinger(true, 0); // reset
    }
  }

  @Test
  void everyCallerIsToldWhateverTheServerDoes() throws Exception {
    var well = new AtomicBoolean();
    var random = new Random(7);
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              if (!well.get()) {
                wrong(manner(random), self[0], socket);
                return;
              }
              while (self[0].request(socket)) {
                RawServer.answers(socket, 1, 404);
              }
            });
    try (var server = self[0];
        var way = Way.to(server.address(), "remote.timeout", "300ms", "remote.max-retries", "1")) {
      var folder = way.folder();
      var failed = new AtomicInteger();
      together(caller -> calls(folder, caller, failed));
      assertTrue(failed.get() > CALLERS * CALLS / 2, "of few it is known: " + failed);
      well.set(true);
      Leaks.await(() -> works(folder));
      assertEquals(404, folder.askAndWait(TestOp.get("a")).status(), "it does not come back");
      way.link().release();
      assertEquals(0, ((UsedLink) way.link()).shared().connections());
      Leaks.await(() -> server.open() == 0);
      assertEquals(0, server.open(), "connections left open");
    }
  }

  private static boolean works(Link.Folder folder) {
    try {
      return folder.askAndWait(TestOp.get("a")).status() == 404;
    } catch (StoreException e) {
      return false; // the circuit is open still
    }
  }

  /** Each in one of the ways there are; all of them end, whatever as. */
  private static void calls(Link.Folder folder, int caller, AtomicInteger failed) throws Exception {
    for (var i = 0; i < CALLS; i++) {
      try {
        switch ((caller + i) % 4) {
          case 0 -> folder.askAndWait(TestOp.get("a"));
          case 1 -> folder.askAndWait(TestOp.put("a", "1"));
          case 2 -> ended(folder.ask(TestOp.increment("n")));
          default -> {
            for (var one : folder.askAll(List.of(TestOp.get("a"), TestOp.put("b", "1")))) {
              ended(one);
            }
          }
        }
      } catch (StoreException e) {
        failed.incrementAndGet();
      }
    }
  }

  private static void ended(CompletableFuture<Answer> future)
      throws InterruptedException, TimeoutException {
    try {
      future.get(STUCK, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof StoreException expected) {
        throw expected;
      }
      throw new AssertionError("told as something else", e);
    }
  }

  private interface Part {
    void play(int caller) throws Exception;
  }

  private static void together(Part part) throws InterruptedException {
    var odd = new ConcurrentLinkedQueue<Throwable>();
    var threads = new ArrayList<Thread>();
    for (var i = 0; i < CALLERS; i++) {
      var caller = i;
      var thread =
          new Thread(
              () -> {
                try {
                  part.play(caller);
                } catch (Exception | Error e) {
                  odd.add(e);
                }
              },
              "caller-" + i);
      threads.add(thread);
      thread.start();
    }
    for (var thread : threads) {
      thread.join(TimeUnit.SECONDS.toMillis(2 * STUCK));
      if (thread.isAlive()) {
        var stuck = new AssertionError(thread.getName() + " is stuck");
        stuck.setStackTrace(thread.getStackTrace());
        throw stuck;
      }
    }
    assertEquals(List.of(), List.copyOf(odd));
  }

  /** What stays of a server that is started anew: its address. */
  private static void pipe(Socket socket, int port) throws IOException {
    if (port == GONE) {
      return;
    }
    try (var behind = new Socket(InetAddress.getLoopbackAddress(), port)) {
      var back = new Thread(() -> copy(behind, socket), "back");
      back.start();
      copy(socket, behind);
    }
  }

  /** Until one of them is closed, which closes both. */
  private static void copy(Socket from, Socket to) {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    } catch (IOException e) {
      // Closed in the middle, which is what the test is about.
    }
  }

  @Test
  void aServerThatIsStartedAnewUnderManyCallersIsUsedAgainByAll() throws Exception {
    var first = V1Server.start();
    var second = V1Server.start();
    var port = new AtomicInteger(first.port());
    var late = new AtomicBoolean();
    var begun = new AtomicInteger();
    var failed = new AtomicInteger();
    try (second;
        var door = new RawServer(socket -> pipe(socket, port.get()));
        var way = Way.to(door.address(), "remote.timeout", "2s", "remote.max-retries", "0")) {
      var folder = way.folder();
      var stopper =
          new Thread(
              () -> {
                Leaks.await(() -> begun.get() > 10 * CALLERS);
                port.set(GONE);
                first.close();
                Leaks.await(() -> failed.get() >= CALLERS);
                port.set(second.port());
                late.set(true);
              });
      stopper.start();
      together(caller -> callsUntilServed(folder, caller, late, begun, failed));
      stopper.join();
      assertTrue(failed.get() >= CALLERS, "nobody noticed");
      assertTrue(((UsedLink) way.link()).shared().connections() <= 4, "connections are left");
      way.link().release();
      Leaks.await(() -> door.open() == 0);
      assertEquals(0, door.open(), "connections left open");
    }
  }

  private static void callsUntilServed(
      Link.Folder folder,
      int caller,
      AtomicBoolean late,
      AtomicInteger begun,
      AtomicInteger failed) {
    for (var served = 0; served < 10; ) {
      var again = late.get();
      begun.incrementAndGet();
      try {
        folder.askAndWait(caller % 2 == 0 ? TestOp.get("a") : TestOp.put("k" + caller, "1"));
        served += again ? 1 : 0;
      } catch (StoreException e) {
        failed.incrementAndGet();
      }
    }
  }
}
