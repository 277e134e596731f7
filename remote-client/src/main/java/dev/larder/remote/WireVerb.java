package dev.larder.remote;

import dev.larder.Life;
import dev.larder.StoreException;
import dev.larder.remote.EntryOp.Way;
import dev.larder.remote.EntryOp.Word;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Stored;
import dev.larder.spi.Update;
import dev.larder.spi.Verbs;
import dev.larder.spi.Verbs.At;
import dev.larder.spi.Verbs.Fill;
import dev.larder.spi.Verbs.PutBack;
import dev.larder.spi.Verbs.Terms;
import dev.larder.spi.Verbs.Written;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The verbs of {@link Verbs} that travel: what each asks of the server, and what its answer means.
 * A new verb is one more constant here.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions keep nothing
enum WireVerb {
  PUT(
      "put",
      (key, argument, now) -> write(Word.PUT, key, argument),
      (argument, answer) -> written(answer)),
  PUT_WITH(
      "put-with",
      (key, argument, now) -> {
        var terms = (Terms<?>) argument;
        return EntryOp.write(Word.PUT_WITH, key, (Payload) terms.value(), terms.life());
      },
      (argument, answer) -> written(answer)),
  GET_AND_PUT(
      "get-and-put",
      (key, argument, now) -> write(Word.GET_AND_PUT, key, argument),
      (argument, answer) -> answer.previous()),
  PUT_IF_ABSENT(
      "put-if-absent",
      (key, argument, now) -> write(Word.PUT_IF_ABSENT, key, argument),
      (argument, answer) -> answer.previous()),
  REPLACE(
      "replace",
      (key, argument, now) -> write(Word.REPLACE, key, argument),
      (argument, answer) -> answer.previous()),
  DELETE(
      "delete",
      (key, argument, now) -> EntryOp.bare(Word.DELETE, key),
      (argument, answer) -> answer.status() == Answer.OK),
  REMOVE(
      "remove",
      (key, argument, now) -> EntryOp.bare(Word.REMOVE, key),
      (argument, answer) -> answer.previous()),
  TOUCH(
      "touch",
      (key, argument, now) -> EntryOp.bare(Word.TOUCH, key),
      (argument, answer) -> answer.status() == Answer.OK),
  TOUCH_UNTIL(
      "touch-until",
      (key, argument, now) ->
          new EntryOp(
              Word.TOUCH_UNTIL,
              key,
              null,
              Lives.until((Long) argument, now),
              EntryOp.NONE,
              null,
              null),
      (argument, answer) -> answer.status() == Answer.OK),
  FILL(
      "fill",
      (key, argument, now) -> {
        var fill = (Fill<?>) argument;
        return new EntryOp(
            Word.FILL, key, (Payload) fill.value(), Life.UNCHANGED, fill.token(), null, null);
      },
      (argument, answer) -> answer.stored()),
  PUT_BACK(
      "put-back",
      (key, argument, now) -> {
        var back = (PutBack<?>) argument;
        return new EntryOp(
            Word.PUT_BACK,
            key,
            (Payload) back.value(),
            Life.UNCHANGED,
            EntryOp.NONE,
            null,
            back.left());
      },
      (argument, answer) -> answer.stored()),
  AT("at", WireVerb::at, (argument, answer) -> answer.status() != Answer.CHANGED);

  private static final Map<String, WireVerb> BY_NAME = new HashMap<>();

  static {
    for (var verb : values()) {
      BY_NAME.put(verb.wireName, verb);
    }
  }

  private final String wireName;
  private final Asking asking;
  private final Reading reading;

  WireVerb(String wireName, Asking asking, Reading reading) {
    this.wireName = wireName;
    this.asking = asking;
    this.reading = reading;
  }

  /** Makes the operation of an argument, at an instant. */
  @FunctionalInterface
  private interface Asking {
    EntryOp op(Bytes key, Object argument, long now);
  }

  /** Makes the result of an answer. */
  @FunctionalInterface
  private interface Reading {
    @Nullable Object value(Object argument, Answer answer);
  }

  /**
   * The one that does what a verb of the store says.
   *
   * @throws IllegalArgumentException when it does not travel
   */
  static WireVerb of(Update<?, ?, ?> update) {
    var name = update.wireName();
    var known = name == null ? null : BY_NAME.get(name);
    if (known == null) {
      throw new IllegalArgumentException(
          name == null
              ? "a verb without a wire name does not travel; take a lease on the key and run it"
                  + " there"
              : "no verb of the name '" + name + "' is known to servers");
    }
    return known;
  }

  /** The operation. */
  EntryOp op(Bytes key, Object argument, long now) {
    return asking.op(key, argument, now);
  }

  /** What an answer that is no failure means. */
  @SuppressWarnings("NullAway") // a result may be null where the verb says so
  Result<@Nullable Object> result(EntryOp op, Object argument, Answer answer) {
    return Result.of(reading.value(argument, answer), changed(answer), after(op, answer));
  }

  /** The version of the change that was made, 0 for none. */
  private static long changed(Answer answer) {
    return switch (answer.status()) {
      case Answer.OK, Answer.CREATED, Answer.NOTHING_KEPT -> answer.version();
      default -> 0;
    };
  }

  /**
   * The entry that a write left in force. Of one with a life of its own the server does not say how
   * long that is: whoever gave it knows.
   */
  private static @Nullable Stored<Payload> after(EntryOp op, Answer answer) {
    var value = op.value();
    if (value == null || !answer.stored()) {
      return null;
    }
    if (op.left() != null) {
      return null;
    }
    var deadline =
        op.ttl() == Life.UNCHANGED ? answer.deadline() : Life.deadline(answer.sentAt(), op.ttl());
    return new Stored.Snapshot<>(value, deadline, answer.version(), value.meta());
  }

  private static EntryOp write(Word word, Bytes key, Object argument) {
    return EntryOp.write(word, key, (Payload) argument, Life.UNCHANGED);
  }

  private static EntryOp at(Bytes key, Object argument, long now) {
    var at = (At<?>) argument;
    var ttl = at.deadline() == Life.UNCHANGED ? Life.UNCHANGED : Lives.until(at.deadline(), now);
    return switch (at.action()) {
      case REMOVE -> at(key, at.version(), Way.REMOVE, null, Life.UNCHANGED);
      case TOUCH -> at(key, at.version(), Way.TOUCH, null, ttl);
      case WRITE -> {
        var value = (Payload) Objects.requireNonNull(at.value(), "a write at a version needs one");
        yield at(key, at.version(), Way.WRITE, value, ttl);
      }
    };
  }

  private static EntryOp at(Bytes key, long version, Way way, @Nullable Payload value, long ttl) {
    return new EntryOp(Word.AT, key, value, ttl, version, way, null);
  }

  private static Written written(Answer answer) {
    return switch (answer.status()) {
      case Answer.CREATED -> Written.CREATED;
      case Answer.OK -> Written.UPDATED;
      case Answer.NOTHING_KEPT -> Written.DROPPED;
      default -> throw new StoreException("the server answered a write with " + answer.status());
    };
  }
}
