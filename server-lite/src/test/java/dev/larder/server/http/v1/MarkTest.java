package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.key;
import static dev.larder.server.http.v1.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Life;
import dev.larder.server.core.Watcher;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener may conclude from its start and its marks. */
class MarkTest {
  private static final Executor THREADS = task -> new Thread(task).start();

  private final ApiServer api = new ApiServer();

  @AfterEach
  void close() {
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  private EventStream listen() {
    return new EventStream(api.stream(api.to("/events").GET()));
  }

  private static String named(EventStream stream) {
    return stream.next().data().get("listener").asString();
  }

  private void mark(String listener, long number) {
    var answer = api.post("/events/" + listener + "/mark?number=" + number, "");
    assertEquals(204, answer.statusCode(), answer.body());
  }

  @Test
  void aMarkComesAtOnceAfterWhatWasBefore() {
    try (var stream = listen()) {
      var listener = named(stream);
      mark(listener, 7);
      var first = stream.next();
      assertEquals("mark", first.type());
      assertEquals(7, first.data().get("number").asLong());
      assertEquals(1, first.data().get("next").asLong());
      api.put("/entries/a", "1");
      mark(listener, Long.MAX_VALUE);
      var change = stream.next();
      assertEquals("created", change.type());
      var second = stream.next();
      assertEquals("mark", second.type());
      assertEquals(Long.MAX_VALUE, second.data().get("number").asLong());
      assertEquals(2, second.data().get("next").asLong());
      assertEquals(change.id(), second.id(), "who comes back after a mark loses an event");
    }
  }

  @Test
  void eachListenerHasMarksOfItsOwn() {
    try (var one = listen();
        var other = listen()) {
      var first = named(one);
      var second = named(other);
      assertFalse(first.equals(second));
      mark(second, 1);
      mark(first, 2);
      assertEquals(2, one.next().data().get("number").asLong());
      assertEquals(1, other.next().data().get("number").asLong());
    }
  }

  @Test
  void whoListensToAPartOnlyGetsMarksToo() {
    try (var stream = new EventStream(api.stream(api.to("/events?prefix=x").GET()))) {
      var listener = named(stream);
      api.put("/entries/a", "1");
      mark(listener, 3);
      var event = stream.next();
      assertEquals("mark", event.type());
      assertEquals(2, event.data().get("next").asLong());
    }
  }

  @Test
  void aStreamThatIsNoMoreHasNoMarks() {
    var stream = listen();
    var listener = named(stream);
    stream.close();
    Await.until(() -> api.desk().feed().size() == 0);
    for (var name : List.of(listener, "other")) {
      var answer = api.post("/events/" + name + "/mark?number=1", "");
      assertEquals(404, answer.statusCode(), answer.body());
      assertEquals("no-listener", problem(answer));
    }
    api.send(api.at("/v1/caches/other").PUT(BodyPublishers.noBody()));
    try (var here = listen()) {
      var answer =
          api.send(
              api.at("/v1/caches/other/events/" + named(here) + "/mark?number=1")
                  .POST(BodyPublishers.noBody()));
      assertEquals("no-listener", problem(answer));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "?number=0", "?number=-1", "?number=x", "?number=9223372036854775808"})
  void numbersAreOneOrMore(String query) {
    try (var stream = listen()) {
      var answer = api.post("/events/" + named(stream) + "/mark" + query, "");
      assertEquals(400, answer.statusCode());
      assertEquals("bad-parameter", problem(answer));
      assertTrue(answer.body().contains("1 to 9223372036854775807"), answer.body());
    }
  }

  /** Forbidden: a mark comes before the event of a change that others may see already. */
  @Test
  void aMarkWaitsForChangesUnderWay() throws Exception {
    var changing = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    api.database().watch(stuck(changing, goOn));
    try (var stream = listen()) {
      var listener = named(stream);
      var change = CompletableFuture.runAsync(() -> write("a"), THREADS);
      assertTrue(changing.await(20, TimeUnit.SECONDS));
      mark(listener, 1);
      goOn.countDown();
      assertEquals("created", stream.next().type(), "the mark overtook a change");
      assertEquals("mark", stream.next().type());
      change.get(20, TimeUnit.SECONDS);
    }
  }

  /** As routes do it: inside the gate. */
  private void write(String key) {
    var database = api.database();
    var stamp = database.gate().enter();
    try {
      var value = database.contents().raw(new byte[1]);
      var edit = Edit.write(value, Life.UNCHANGED, Condition.NONE, false);
      database.change(key(key), Edits.EDIT, edit);
    } finally {
      database.gate().leave(stamp);
    }
  }

  /** Comes before the log, and so keeps a change that is made from being noted there. */
  private static Watcher stuck(CountDownLatch changing, CountDownLatch goOn) {
    return new Watcher() {
      @Override
      public void changed(Bytes key, Change<Payload> change, long operation) {
        changing.countDown();
        try {
          assertTrue(goOn.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }

      @Override
      public void cleared(long operation) {}
    };
  }

  /** Forbidden: a stream starts while an operation that tells nobody may still make its change. */
  @Test
  void aStreamStartsWhenEverybodyKnowsOfIt() throws Exception {
    var stamp = api.database().gate().enter();
    var listening = CompletableFuture.supplyAsync(this::listen, THREADS);
    Await.until(() -> api.desk().feed().watching());
    assertFalse(listening.isDone());
    assertEquals(0, api.desk().feed().size());
    api.database().gate().leave(stamp);
    try (var stream = listening.get(20, TimeUnit.SECONDS)) {
      assertEquals("start", stream.next().type());
    }
  }

  /** Forbidden: a mark comes, and an answer that was there when it was asked for has no event. */
  @Test
  void whateverWasAnsweredIsToldBeforeTheMark() throws Exception {
    var answered = new ConcurrentHashMap<String, Long>();
    var over = new AtomicBoolean();
    try (var stream = listen()) {
      var listener = named(stream);
      var writers = new ArrayList<CompletableFuture<?>>();
      for (var writer = 0; writer < 3; writer++) {
        var name = "k" + writer;
        writers.add(CompletableFuture.runAsync(() -> write(name, answered, over), THREADS));
      }
      var asked = new ConcurrentHashMap<Long, Map<String, Long>>();
      var marker =
          CompletableFuture.runAsync(
              () -> {
                for (var number = 1L; number <= 200; number++) {
                  asked.put(number, Map.copyOf(answered));
                  mark(listener, number);
                }
              },
              THREADS);
      read(stream, asked);
      over.set(true);
      marker.get(20, TimeUnit.SECONDS);
      for (var writer : writers) {
        writer.get(20, TimeUnit.SECONDS);
      }
    }
  }

  private void write(String name, Map<String, Long> answered, AtomicBoolean over) {
    while (!over.get()) {
      var tag = ApiServer.tag(api.put("/entries/" + name, "1"));
      answered.put(name, Long.parseLong(tag.replace("\"", "")));
    }
  }

  private static void read(EventStream stream, Map<Long, Map<String, Long>> asked) {
    var told = new HashMap<String, Long>();
    for (var number = 0L; number < 200; ) {
      var event = stream.next();
      if (event.type().equals("mark")) {
        var next = event.data().get("number").asLong();
        assertTrue(next > number, "an older mark came after a newer one");
        number = next;
        asked
            .get(number)
            .forEach(
                (key, version) ->
                    assertTrue(
                        told.getOrDefault(key, 0L) >= version,
                        "a change that was answered had not been told"));
      } else {
        told.put(event.data().get("key").asString(), event.data().get("version").asLong());
      }
    }
  }

  /** Forbidden: a client that asks and does not read makes the server keep a mark for each. */
  @Test
  void theNewestMarkStandsForThoseNotYetSent() {
    try (var stream = listen()) {
      var listener = named(stream);
      var stamp = api.database().gate().enter();
      for (var number : List.of(3L, 9L, 5L)) {
        api.desk().feed().mark(listener, number);
      }
      api.database().gate().leave(stamp);
      mark(listener, 10);
      var before = 0L;
      while (before < 10) {
        var number = stream.next().data().get("number").asLong();
        assertTrue(number > before, "a mark came for which a newer one stood already");
        before = number;
      }
    }
  }
}
