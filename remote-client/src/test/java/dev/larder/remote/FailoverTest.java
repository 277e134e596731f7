package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.server.http.v1.V1Server;
import dev.larder.spi.Bytes;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two servers, of which the first is preferred. */
@Timeout(60)
final class FailoverTest {
  private final Leaks leaks = new Leaks();
  private final V1Server second = V1Server.start();

  @AfterEach
  void end() {
    second.close();
    leaks.assertNone();
  }

  private static String hosts(int first, int second) {
    return "127.0.0.1:" + first + ",127.0.0.1:" + second;
  }

  @Test
  void aHostThatIsGoneIsReplacedAtOnceAndUsedAgainWhenItIsBack() throws Exception {
    var changes = new AtomicInteger();
    var first = V1Server.start();
    try (var way = Way.to(hosts(first.port(), second.port()))) {
      way.link().watch(changes::incrementAndGet);
      var folder = way.folder();
      folder.askAndWait(TestOp.put("a", "first"));
      first.close();
      assertEquals("none", TestOp.text(folder.askAndWait(TestOp.get("a"))), "the second has none");
      assertEquals(1, changes.get());
      folder.askAndWait(TestOp.put("a", "second"));
      assertTrue(way.link().hosts().toString().contains("in use, well"), way.link()::toString);
      assertFalse(way.link().problems().isEmpty(), "health shows it");

      try (var back = new RawServer(FailoverTest::ready, first.port())) {
        Leaks.await(() -> changes.get() == 2);
        assertEquals(2, changes.get(), "the preferred one is used again");
        assertTrue(back.met() > 0);
        assertEquals(List.of(), way.link().problems());
      }
    }
  }

  /** Says to every request that it is ready. */
  private static void ready(java.net.Socket socket) throws java.io.IOException {
    var in = socket.getInputStream();
    var last = 0;
    for (var next = in.read(); next >= 0; next = in.read()) {
      last = last << 8 | next;
      if (last == 0x0d0a0d0a) {
        RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      }
    }
  }

  @Test
  void aHostThatHangsIsReplacedAfterAFewTries() throws Exception {
    try (var first = new RawServer(RawServer::linger);
        var way = Way.to(hosts(first.port(), second.port()), "remote.timeout", "150ms")) {
      var folder = way.folder();
      for (var i = 0; i < Breaker.FAILURES; i++) {
        assertThrows(OutcomeUnknownException.class, () -> folder.askAndWait(TestOp.put("a", "1")));
      }
      assertEquals(201, folder.askAndWait(TestOp.put("a", "1")).status());
      assertTrue(first.met() <= Breaker.FAILURES + 1, "and perhaps one look at it");
    }
  }

  @Test
  void aWriteThatDidNotArriveGoesToTheOtherHost() {
    var gone = V1Server.start();
    var port = gone.port();
    gone.close();
    try (var way = Way.to(hosts(port, second.port()))) {
      assertEquals(201, way.folder().askAndWait(TestOp.put("a", "1")).status());
      assertEquals(201, way.folder().askAndWait(TestOp.put("b", "1")).status());
    }
  }

  @Test
  void withoutRetriesTheFirstFailureIsTold() {
    var gone = V1Server.start();
    var port = gone.port();
    gone.close();
    try (var way = Way.to(hosts(port, second.port()), "remote.max-retries", "0")) {
      assertThrows(StoreException.class, () -> way.folder().askAndWait(TestOp.get("a")));
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
    }
  }

  @Test
  void aCacheThatTheServerDoesNotKnowIsCreatedAndTheOperationsAreDone() {
    try (var way = Way.to("127.0.0.1:" + second.port())) {
      var created = new AtomicInteger();
      var folder =
          way.link()
              .folder(
                  "mine",
                  deadline -> {
                    created.incrementAndGet();
                    way.link()
                        .sendAndWait(
                            new Ask(
                                "PUT",
                                "/v1/caches/mine",
                                new dev.larder.spi.Bytes(new byte[] {(byte) 0xa0}),
                                Ask.CBOR,
                                true,
                                java.time.Duration.ZERO));
                  });
      assertEquals(201, folder.askAndWait(TestOp.put("a", "1")).status());
      assertEquals(1, created.get());
    }
  }

  @Test
  void aCacheThatCannotBeCreatedFailsItsOperationsWithTheReason() {
    try (var way = Way.to("127.0.0.1:" + second.port())) {
      var folder =
          way.link()
              .folder(
                  "mine",
                  deadline -> {
                    throw new StoreException("other settings");
                  });
      var thrown =
          assertThrows(StoreException.class, () -> folder.askAndWait(TestOp.put("a", "1")));
      assertTrue(thrown.getMessage().contains("other settings"), thrown.getMessage());
      assertFalse(thrown instanceof OutcomeUnknownException);
    }
  }

  @Test
  void aCacheIsCreatedInTheTimeThatIsLeftOfTheOperation() {
    var clock = new VirtualClock();
    var problem = "{\"type\":\"x/no-cache\"}";
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              self[0].request(socket);
              clock.advance(Duration.ofMillis(59_500));
              RawServer.say(
                  socket,
                  "HTTP/1.1 404 No\r\nContent-Type: application/problem+json\r\nContent-Length: "
                      + problem.length()
                      + "\r\n\r\n"
                      + problem);
              self[0].request(socket);
              RawServer.linger(socket); // the cache is not created
            });
    try (var server = self[0];
        var way =
            Way.to(
                clock,
                new VirtualScheduler(clock),
                server.address(),
                "remote.timeout",
                "1m",
                "remote.max-retries",
                "0")) {
      var spec = CacheSpec.of("mine", String.class, String.class).build();
      var requests = new Requests(spec, way.link());
      var key = new Bytes(new byte[] {1});
      var get = EntryOp.get(key, EntryOp.Way.READ);
      var thrown = assertThrows(StoreException.class, () -> requests.askAndWait(get));
      assertTrue(thrown.getMessage().contains("cannot be created"), thrown.getMessage());
      assertTrue(thrown.getMessage().contains("no answer within 500 ms"), thrown.getMessage());
      assertEquals(2, server.requests());
    }
  }

  @Test
  void aStreamAloneFindsOutThatItsHostIsGone() {
    var gone = V1Server.start();
    var port = gone.port();
    gone.close();
    var ended = new AtomicInteger();
    try (var way = Way.to(hosts(port, second.port()))) {
      var listener =
          new Link.Listener() {
            @Override
            public void opened() {}

            @Override
            public void event(String id, String name, String data) {}

            @Override
            public void ended(String why) {
              ended.incrementAndGet();
            }
          };
      var changed = new AtomicInteger();
      way.link().watch(changed::incrementAndGet);
      var stream = way.link().stream("/v1/caches/default/events", "", listener);
      Leaks.await(() -> ended.get() == 1);
      assertEquals(1, ended.get());
      assertEquals(1, changed.get());
      stream.close();
      var next = way.link().stream("/v1/caches/default/events", "", listener);
      Leaks.await(() -> second.listeners("default") == 1);
      assertEquals(1, second.listeners("default"));
      next.close();
    }
  }
}
