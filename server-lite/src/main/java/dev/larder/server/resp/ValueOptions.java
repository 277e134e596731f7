package dev.larder.server.resp;

import dev.larder.server.resp.Instants.Unit;
import org.jspecify.annotations.Nullable;

/**
 * The words after the value of {@code SET}, or after the key of {@code GETEX}. Those that exclude
 * each other are a syntax error; the same one twice is not, and the last counts.
 */
final class ValueOptions {
  /** What must hold for a write. */
  enum Condition {
    /** Nothing. */
    NONE,
    /** There is no entry. */
    NX,
    /** There is one. */
    XX
  }

  /** What is to become of the life of the entry. */
  enum Life {
    /** As the rule of the cache says for a write; for a read, nothing. */
    RULE,
    /** It stays as it is. */
    KEEP,
    /** It has no end. */
    FOREVER,
    /** A deadline. */
    UNTIL
  }

  private Condition condition = Condition.NONE;
  private boolean get;
  private Life life = Life.RULE;
  private @Nullable Unit unit;
  private byte[] amount = {};

  private ValueOptions() {}

  /** Those of {@code SET}. */
  static ValueOptions ofSet(Request request) {
    var options = new ValueOptions();
    int at = 3;
    while (at < request.size()) {
      at += options.write(request, at) ? 1 : options.until(request, at);
    }
    return options;
  }

  /** Those of {@code GETEX}. */
  static ValueOptions ofGetEx(Request request) {
    var options = new ValueOptions();
    int at = 2;
    while (at < request.size()) {
      at +=
          request.is(at, "persist") && options.lives(Life.FOREVER, null)
              ? 1
              : options.until(request, at);
    }
    return options;
  }

  private boolean write(Request request, int at) {
    if (request.is(at, "nx")) {
      return when(Condition.NX);
    }
    if (request.is(at, "xx")) {
      return when(Condition.XX);
    }
    if (request.is(at, "get")) {
      get = true;
      return true;
    }
    return request.is(at, "keepttl") && lives(Life.KEEP, null);
  }

  private boolean when(Condition asked) {
    if (condition != Condition.NONE && condition != asked) {
      throw new CommandException(CommandException.SYNTAX);
    }
    condition = asked;
    return true;
  }

  /** Gives how many parts it took. */
  private int until(Request request, int at) {
    var named = unit(request, at);
    if (named == null || at + 1 == request.size()) {
      throw new CommandException(CommandException.SYNTAX);
    }
    lives(Life.UNTIL, named);
    amount = request.part(at + 1);
    return 2;
  }

  private static @Nullable Unit unit(Request request, int at) {
    if (request.is(at, "ex")) {
      return Unit.EX;
    }
    if (request.is(at, "px")) {
      return Unit.PX;
    }
    if (request.is(at, "exat")) {
      return Unit.EXAT;
    }
    return request.is(at, "pxat") ? Unit.PXAT : null;
  }

  private boolean lives(Life asked, @Nullable Unit named) {
    if (life != Life.RULE && (life != asked || unit != named)) {
      throw new CommandException(CommandException.SYNTAX);
    }
    life = asked;
    unit = named;
    return true;
  }

  Condition condition() {
    return condition;
  }

  /** Whether the value before is asked for. */
  boolean get() {
    return get;
  }

  Life life() {
    return life;
  }

  /**
   * The deadline, 0 unless one was given.
   *
   * @throws CommandException when it is no number, not positive, or too large
   */
  long deadline(long now, String command) {
    return unit == null ? 0 : Instants.positive(amount, unit, now, command);
  }
}
