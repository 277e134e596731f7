package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.Codec;
import dev.larder.FailurePolicy;
import dev.larder.Placement;
import dev.larder.StoreException;
import dev.larder.server.http.v1.V1Server;
import dev.larder.spi.Bytes;
import dev.larder.spi.Codecs;
import dev.larder.spi.Context;
import dev.larder.spi.Tap;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import dev.larder.testkit.contract.CacheContract;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The stream of events of a real server, as listeners and copies hear of it. */
class EventFeedTest {
  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler scheduler = new VirtualScheduler(clock);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final RecordedEvents events = new RecordedEvents();
  private final V1Server server = V1Server.start(clock);
  private final CacheSpec<String, String> spec =
      CacheSpec.of("a-feed.x", String.class, String.class).build();
  private Context context;
  private CutLink link;
  private EventFeed feed;

  @BeforeEach
  void open() {
    Codecs none =
        new Codecs() {
          @Override
          public <T> Codec<T> forType(Class<T> type) {
            throw new UnsupportedOperationException("bytes only");
          }
        };
    context =
        new Context(clock, scheduler, executor, none, getClass().getClassLoader(), Tap.none());
    link = new CutLink(link(server));
    assertEquals(201, send("PUT", "", "{}", "application/json").status());
    feed = new EventFeed(spec, link, events, context);
  }

  private Link link(V1Server to) {
    var options =
        RemoteOptions.of(
            "feed",
            new Placement(
                "remote", Map.of("remote.hosts", "127.0.0.1:" + to.port()), 0, FailurePolicy.FAIL));
    return Links.to(options, context);
  }

  @AfterEach
  void close() {
    feed.close();
    link.release();
    server.close();
    executor.shutdownNow();
  }

  private Reply send(String method, String path, String body, String type) {
    return link.sendAndWait(
        new Ask(
            method,
            "/v1/caches/a-feed.x" + path,
            body.isEmpty() ? null : new Bytes(body.getBytes(StandardCharsets.UTF_8)),
            type,
            true,
            Duration.ZERO));
  }

  private void put(String key, String value) {
    send("PUT", "/entries/" + key, value, "application/octet-stream");
  }

  private void passASecond() {
    scheduler.advance(Duration.ofSeconds(1));
  }

  @Test
  void listenersHearOfChangesInOrderWithValuesBeforeAndAfter() throws Exception {
    feed.want();
    put("k", "1");
    put("k", "2");
    send("PUT", "/entries/j", "{\"a\": [1, \"x\"]}", "application/json");
    send("DELETE", "/entries/k", "", Ask.CBOR);
    assertEquals(
        List.of(
            "1 k ->1 null",
            "2 k 1>2 REPLACED",
            "3 j ->{\"a\": [1, \"x\"]} application/json null",
            "4 k 2>- EXPLICIT"),
        events.await(all -> all.size() >= 4));
    assertEquals("", feed.problem());
    assertEquals("open with values", feed.state());
  }

  @Test
  void clearIsToldToCopiesAndNotToListeners() throws Exception {
    events.keeps = true;
    feed.want();
    put("k", "1");
    send("POST", "/clear", "", Ask.CBOR);
    put("l", "2");
    var told = events.awaitOne("3 l ->2 null");
    var from = told.indexOf("outdated k");
    assertEquals(
        List.of("outdated k", "1 k ->1 null", "outdated all", "outdated l", "3 l ->2 null"),
        told.subList(from, told.size()).stream().filter(s -> !s.startsWith("conf")).toList());
  }

  @Test
  void copiesAreOutdatedWhenTheStreamStartsAndThenWhatWasInForceIsConfirmed() throws Exception {
    events.keeps = true;
    events.listens = false;
    var before = clock.ticks();
    feed.begin();
    var told = events.await(all -> all.size() >= 2);
    assertEquals(List.of("outdated all", "confirmed " + before), told.subList(0, 2));
    // Told before the state says so.
    CacheContract.awaitEqual("open", feed::state);
  }

  @Test
  void streamThatBreaksGoesOnWithoutLoss() throws Exception {
    feed.want();
    put("k", "1");
    events.awaitOne("1 k ->1 null");
    link.cut();
    put("k", "2");
    put("k", "3");
    events.await(all -> all.contains("3 k 2>3 REPLACED"), this::passASecond);
    assertEquals(List.of("1 k ->1 null", "2 k 1>2 REPLACED", "3 k 2>3 REPLACED"), events.told());
  }

  @Test
  void listenersThatComeToAStreamForCopiesHearValuesFromThenOn() throws Exception {
    events.keeps = true;
    events.listens = false;
    feed.begin();
    events.awaitOne("outdated all");
    put("k", "1");
    events.awaitOne("outdated k");
    events.listens = true;
    feed.want();
    put("k", "2");
    var told = events.awaitOne("2 k 1>2 REPLACED");
    assertFalse(told.stream().anyMatch(words -> words.startsWith("gap")), told::toString);
  }

  @Test
  void cacheThatIsDestroyedAndCreatedAnewGivesAGap() throws Exception {
    feed.want();
    put("k", "1");
    events.awaitOne("1 k ->1 null");
    send("DELETE", "", "", Ask.CBOR);
    send("PUT", "", "{}", "application/json");
    var told = events.await(all -> all.size() >= 2, this::passASecond);
    assertTrue(told.get(1).startsWith("gap "), told::toString);
    put("k", "2");
    events.await(all -> all.stream().anyMatch(words -> words.endsWith("k ->2 null")));
  }

  @Test
  void valuesTooLargeForTheStreamAreToldAsAGap() throws Exception {
    events.keeps = true;
    feed.want();
    put("large", "x".repeat((1 << 20) + 1));
    events.awaitOne("gap 1 2");
    put("k", "1");
    events.awaitOne("2 k ->1 null");
    // What is too large before is as much lost as what is too large after.
    put("large", "small");
    events.awaitOne("gap 3 4");
    put("large", "again");
    var told = events.awaitOne("4 large small>again REPLACED");
    assertEquals(3, told.stream().filter("outdated large"::equals).count(), told::toString);
  }

  @Test
  void lifeThatSomebodyShortensIsToldToCopiesAndNotToListeners() throws Exception {
    events.keeps = true;
    feed.want();
    put("k", "1");
    events.awaitOne("1 k ->1 null");
    var until = "{\"operations\": [{\"op\": \"touch-until\", \"key\": \"k\", \"ttl\": ";
    send("POST", "/batch", until + "20000}]}", "application/json");
    send("POST", "/batch", until + "60000}]}", "application/json");
    put("l", "2");
    var told = events.awaitOne("3 l ->2 null");
    assertEquals(2, told.stream().filter("outdated k"::equals).count(), told::toString);
    assertFalse(told.stream().anyMatch(words -> words.startsWith("gap")), told::toString);
  }

  private static boolean confirmed(List<String> told, long since) {
    return told.stream()
        .filter(words -> words.startsWith("confirmed "))
        .anyMatch(words -> Long.parseLong(words.substring("confirmed ".length())) >= since);
  }

  @Test
  void whatWasInForceIsConfirmedAgainAndAgain() throws Exception {
    events.keeps = true;
    events.listens = false;
    events.staleness = 300;
    feed.begin();
    // What is put before the stream has started is outdated with everything else.
    events.awaitOne("outdated all");
    for (int round = 0; round < 5; round++) {
      put("k", "value " + round);
      scheduler.advance(Duration.ofMillis(1));
      var now = clock.ticks();
      var told =
          events.await(all -> confirmed(all, now), () -> scheduler.advance(Duration.ofMillis(100)));
      assertEquals(
          round + 1L, told.stream().filter("outdated k"::equals).count(), "told before confirmed");
    }
    assertEquals("", feed.problem());
  }

  @Test
  void lineThatFallsSilentIsOpenedAnew() throws Exception {
    events.keeps = true;
    events.listens = false;
    events.staleness = 300;
    feed.begin();
    events.await(all -> confirmed(all, clock.ticks()));
    link.silence();
    put("k", "1");
    events.await(
        all -> all.contains("outdated k"), () -> scheduler.advance(Duration.ofMillis(500)));
    assertEquals(
        1, events.told().stream().filter("outdated all"::equals).count(), "nothing was lost");
  }

  @Test
  void changeOfTheHostTakesAllCopiesAwayAndMovesTheStream() throws Exception {
    events.keeps = true;
    feed.want();
    put("k", "1");
    events.awaitOne("1 k ->1 null");
    link.changeHost();
    var told = events.await(all -> all.contains("outdated all"));
    feed.want();
    put("k", "2");
    events.awaitOne("2 k 1>2 REPLACED");
    assertTrue(told.indexOf("outdated all") >= 0);
  }

  @Test
  void cacheThatTheServerDoesNotKnowIsAskedFor() throws Exception {
    send("DELETE", "", "", Ask.CBOR);
    feed.close();
    feed =
        new EventFeed(spec, link, events, context, () -> send("PUT", "", "{}", "application/json"));
    events.listens = false;
    events.keeps = true;
    feed.begin();
    events.await(all -> all.contains("outdated all"), this::passASecond);
  }

  @Test
  void cacheThatCannotBeCreatedIsAProblemUntilItCan() throws Exception {
    send("DELETE", "", "", Ask.CBOR);
    feed.close();
    var refuses = new AtomicBoolean(true);
    Runnable create =
        () -> {
          if (refuses.get()) {
            throw new StoreException("no more caches here");
          }
          send("PUT", "", "{}", "application/json");
        };
    feed = new EventFeed(spec, link, events, context, create);
    events.listens = false;
    events.keeps = true;
    feed.begin();
    CacheContract.awaitEqual(true, () -> feed.problem().contains("no more caches here"));
    assertTrue(feed.problem().contains("404"), feed::problem);
    refuses.set(false);
    events.await(all -> all.contains("outdated all"), this::passASecond);
    CacheContract.awaitEqual("", feed::problem);
  }

  @Test
  void callerIsToldWhyTheStreamDoesNotBegin() {
    send("DELETE", "", "", Ask.CBOR);
    var failure = assertThrows(StoreException.class, feed::want);
    assertTrue(failure.getMessage().contains("a-feed.x"), failure::getMessage);
    assertTrue(failure.getMessage().contains("404"), failure::getMessage);
    assertTrue(feed.problem().contains("404"), feed::problem);
    assertEquals("broken", feed.state());
  }

  @Test
  void streamThatNobodyWantsAnyMoreIsClosed() throws Exception {
    feed.want();
    assertEquals(1, server.listeners("a-feed.x"));
    events.listens = false;
    events.await(
        all -> server.listeners("a-feed.x") == 0,
        () -> {
          passASecond();
          // The server finds out when it next says that the line holds.
          server.advance(Duration.ofSeconds(15));
        });
    assertEquals("not wanted", feed.state());
    events.listens = true;
    feed.want();
    put("k", "1");
    events.await(all -> all.stream().anyMatch(words -> words.endsWith(" k ->1 null")));
  }
}
