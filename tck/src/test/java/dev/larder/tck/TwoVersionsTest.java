package dev.larder.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.larder.tck.Releases.Shape;
import dev.larder.tck.support.Await;
import dev.larder.tck.support.LarderServer;
import dev.larder.testkit.Actor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two versions of an application, each with its classes in a loader of its own, over one cache:
 * nothing throws, and nobody reads a mixture. What the one can make of a value of the other is the
 * rule of the codec, and with a raised schema version it is a miss.
 */
class TwoVersionsTest {
  private static final Pattern NUMBERS = Pattern.compile("(?:name=n|age=|city=c)(\\d+)");
  private static final Shape RECORD = new Shape("Person", true, 2);
  private static final Shape BEAN = new Shape("Person", false, 2);

  private static LarderServer server;

  @TempDir private static Path classes;
  private static Releases releases;

  @TempDir private Path folder;
  private @Nullable Release before;
  private @Nullable Release after;

  @BeforeAll
  static void serve() throws IOException {
    server = LarderServer.start();
    releases = new Releases(classes);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void close() {
    for (var release : new Release[] {before, after}) {
      if (release != null) {
        release.close();
      }
    }
  }

  private Map<String, String> options(String place, String codec) {
    var options = new HashMap<>(Map.of("codec", codec, "namespace", folder.getFileName() + codec));
    switch (place) {
      case "disk" -> options.put("disk.path", folder.resolve("people.db").toString());
      default -> options.put("remote.hosts", server.host());
    }
    if (place.equals("near")) {
      options.put("near.maximum-entries", "100");
    }
    return options;
  }

  private static String topology(String place) {
    return place.equals("near") ? "remote" : place;
  }

  private Release start(String place, String codec, Shape shape, int schema) {
    return releases.start(shape, options(place, codec), topology(place), schema);
  }

  private void both(String place, String codec, Shape old, Shape newer, int schema) {
    before = start(place, codec, old, 1);
    after = start(place, codec, newer, schema);
  }

  /** What the new version makes of a value of the old one, and the old one of a new one's. */
  private record Case(Shape old, Shape newer, @Nullable String forward, @Nullable String back) {}

  private static Stream<Case> cases(String codec) {
    var more = new Shape("Person", true, 3);
    var less = new Shape("Person", true, 1);
    var other = new Shape("Human", true, 2);
    var renamed =
        codec.equals("java")
            ? new Case(RECORD, other, null, null)
            : new Case(RECORD, other, "Human[name=n1, age=1]", "Person[name=n2, age=2]");
    return Stream.of(
        new Case(RECORD, more, "Person[name=n1, age=1, city=null]", "Person[name=n2, age=2]"),
        new Case(RECORD, less, "Person[name=n1]", "Person[name=n2, age=0]"),
        renamed);
  }

  static Stream<Arguments> codecs() {
    return Stream.of("remote", "near")
        .flatMap(
            place ->
                Stream.of("json", "cbor", "java")
                    .flatMap(codec -> cases(codec).map(each -> Arguments.of(place, codec, each))));
  }

  @ParameterizedTest
  @MethodSource("codecs")
  void oneReadsWhatTheOtherWroteByTheRuleOfTheCodec(String place, String codec, Case each) {
    both(place, codec, each.old, each.newer, 1);
    before.write("a", 1);
    assertEquals(each.forward, after.read("a"));
    after.write("b", 2);
    assertEquals(each.back, before.read("b"));
    after.write("b", 2);
    assertEquals(each.back, before.readAmongOthers("b"));
    after.write("b", 2);
    assertEquals(each.back, before.readInAnUpdate("b"));
    assertEquals(each.back == null ? 1 : 0, Math.min(1, before.misread()));
  }

  static Stream<Arguments> beans() {
    return Stream.of("remote", "near")
        .flatMap(
            place ->
                Stream.of(1, 3)
                    .map(fields -> Arguments.of(place, new Shape("Person", false, fields))));
  }

  @ParameterizedTest
  @MethodSource("beans")
  void serializedClassOfAnotherShapeIsAMiss(String place, Shape newer) {
    both(place, "java", BEAN, newer, 1);
    before.write("a", 1);
    assertNull(after.read("a"));
    after.write("a", 2);
    // A near copy of its own value may be read as long as its bound says.
    Await.until(() -> before.read("a") == null);
    before.write("a", 3);
    assertEquals("Person[name=n3, age=3]", before.read("a"));
  }

  static Stream<Arguments> raised() {
    return Stream.of("remote", "near")
        .flatMap(
            place -> Stream.of("json", "cbor", "java").map(codec -> Arguments.of(place, codec)));
  }

  @ParameterizedTest
  @MethodSource("raised")
  void raisedSchemaVersionMakesEntriesOfTheOtherMisses(String place, String codec) {
    both(place, codec, RECORD, new Shape("Person", true, 3), 2);
    before.write("a", 1);
    assertNull(after.read("a"));
    assertEquals(1, after.misread());
    after.write("b", 2);
    assertNull(before.readAmongOthers("b"));
    after.write("c", 2);
    assertNull(before.readInAnUpdate("c"));
    after.write("d", 2);
    assertNull(before.read("d"));
    after.write("e", 2);
    assertEquals("Person[name=n2, age=2, city=c2]", after.read("e"));
    assertEquals(0, before.iterated());
    // What was found unreadable goes in the background; what a function left alone stays: c and e.
    Await.until(() -> after.iterated() == 2);
    before.write("f", 3);
    assertEquals("Person[name=n3, age=3]", before.read("f"));
    assertNull(after.read("f"));
  }

  static Stream<Arguments> mixtures() {
    return Stream.of("remote", "near")
        .flatMap(place -> Stream.of(1, 2).map(schema -> Arguments.of(place, schema)));
  }

  /** Both read and write a few keys at once; whatever is read was written as a whole by one. */
  @ParameterizedTest
  @MethodSource("mixtures")
  void readsAreNeverMixedWhileBothWrite(String place, int schema) {
    both(place, "cbor", RECORD, new Shape("Person", true, 3), schema);
    Actor.together(
        4,
        number -> {
          var release = number % 2 == 0 ? before : after;
          for (int i = 1; i <= 100; i++) {
            release.write("k" + i % 5, number * 1_000 + i);
            var key = "k" + (i + number) % 5;
            var read =
                switch (i % 3) {
                  case 0 -> release.readInAnUpdate(key);
                  case 1 -> release.readAmongOthers(key);
                  default -> release.read(key);
                };
            ofOneWriter(read);
            if (schema == 2 && read != null) {
              assertEquals(number % 2 == 1, read.contains("city=c"), read);
            }
          }
        });
  }

  private static void ofOneWriter(@Nullable String read) {
    if (read != null) {
      var numbers = NUMBERS.matcher(read).results().map(found -> found.group(1)).distinct();
      assertEquals(1, numbers.count(), "a mixed read: " + read);
    }
  }

  @ParameterizedTest
  @MethodSource("raised")
  void listenersOfBothStayAliveOverValuesTheyCannotRead(String place, String codec) {
    both(place, codec, RECORD, new Shape("Human", true, 3), 2);
    for (int i = 0; i < 5; i++) {
      before.write("k" + i, i);
      after.write("k" + i, i);
    }
    var heard = before.told();
    before.write("last", 1);
    Await.until(() -> before.told() > heard);
    Await.until(() -> after.told() >= 1);
  }

  static Stream<Arguments> restarts() {
    return Stream.of("json", "cbor", "java").map(Arguments::of);
  }

  /** On a disk the versions come one after the other. */
  @ParameterizedTest
  @MethodSource("restarts")
  void newVersionOverTheFileOfAnOldOne(String codec) {
    before = start("disk", codec, RECORD, 1);
    before.write("a", 1);
    before.write("b", 2);
    before.close();
    after = start("disk", codec, new Shape("Person", true, 3), 1);
    assertEquals("Person[name=n1, age=1, city=null]", after.read("a"));
    after.close();
    after = start("disk", codec, new Shape("Person", true, 3), 2);
    assertNull(after.read("b"));
    after.write("b", 3);
    assertEquals("Person[name=n3, age=3, city=c3]", after.read("b"));
  }
}
