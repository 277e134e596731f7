package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.server.core.Contents;
import dev.larder.server.http.v1.Op.Name;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;
import dev.larder.spi.Settings;
import dev.larder.spi.Touch;
import org.jspecify.annotations.Nullable;

/**
 * The members of an operation as they are read, in any order, and what they make together. Used
 * again for the next one. Not for use by several threads.
 */
final class OpDraft {
  /** A version that no entry has. */
  static final long NO_VERSION = -1;

  private final Contents contents;

  @Nullable Name name;
  @Nullable Bytes key;
  byte @Nullable [] value;
  String valueType = Contents.RAW;
  @Nullable String type;
  int schema;
  int weight;
  long life;
  long limit;
  long token;
  long version;
  long notVersion;
  long operation;
  long single;
  long by;
  long initial;
  boolean absent;
  boolean present;
  boolean previous;
  boolean own;
  boolean hot;
  Touch touch = Touch.READ;
  @Nullable String action;

  OpDraft(Contents contents) {
    this.contents = contents;
    clear();
  }

  /** Nothing is known. */
  void clear() {
    name = null;
    key = null;
    value = null;
    type = null;
    schema = contents.schema();
    weight = Contents.WEIGHT;
    life = Life.UNCHANGED;
    limit = Life.FOREVER;
    token = 0;
    version = NO_VERSION;
    notVersion = 0;
    operation = 0;
    single = 0;
    by = 1;
    initial = 0;
    absent = false;
    present = false;
    previous = false;
    own = false;
    hot = false;
    touch = Touch.READ;
    action = null;
  }

  /**
   * The operation.
   *
   * @throws IllegalArgumentException saying what is missing or does not go together
   */
  Op op() {
    if (name == null) {
      throw new IllegalArgumentException("'op' is missing");
    }
    if (key == null) {
      throw new IllegalArgumentException("'key' is missing");
    }
    return name == Name.GET
        ? new Op(key, null, touch, notVersion, operation, single())
        : new Op(key, edit(name), touch, 0, operation, 0);
  }

  private long single() {
    if (single != 0 && touch != Touch.FILL) {
      throw new IllegalArgumentException("'single' goes with the touch 'fill' only");
    }
    return single;
  }

  private Edit edit(Name what) {
    return switch (what) {
      case PUT, PUT_WITH -> Edit.write(needed(what), life, condition(), previous);
      case GET_AND_PUT -> Edit.write(needed(what), life, condition(), true);
      case PUT_IF_ABSENT -> Edit.write(needed(what), life, Condition.ABSENT, true);
      case REPLACE -> Edit.write(needed(what), life, Condition.PRESENT, true);
      case DELETE -> Edit.remove(condition(), previous);
      case REMOVE -> Edit.remove(condition(), true);
      case TOUCH -> Edit.touch(condition());
      case TOUCH_UNTIL -> Edit.touchUntil(neededLife(), condition());
      case FILL -> Edit.fill(payload(), life, token);
      case PUT_BACK -> Edit.putBack(needed(what), new Remainder(neededLife(), limit, own, hot));
      case AT -> at();
      case INCREMENT -> Edit.increment(number(), by, initial, life, condition());
      case GET -> throw new IllegalStateException("a read changes nothing");
    };
  }

  private static final byte[] NOTHING = {};

  /** What a number is like that was not there before. */
  private Payload number() {
    return contents.of(NOTHING, Contents.RAW, schema, weight);
  }

  private Edit at() {
    if (version == NO_VERSION) {
      throw new IllegalArgumentException("'at' needs 'ifVersion'");
    }
    var condition = Condition.version(version);
    return switch (action == null ? "" : action) {
      case "write" -> Edit.write(needed(Name.AT), life, condition, previous);
      case "remove" -> Edit.remove(condition, previous);
      case "touch" ->
          life == Life.UNCHANGED ? Edit.touch(condition) : Edit.touchUntil(life, condition);
      default -> throw new IllegalArgumentException("'at' needs 'action': write, remove or touch");
    };
  }

  private Condition condition() {
    var asked = (absent ? 1 : 0) + (present ? 1 : 0) + (version == NO_VERSION ? 0 : 1);
    if (asked > 1) {
      throw new IllegalArgumentException(
          "'ifAbsent', 'ifPresent' and 'ifVersion' exclude each other");
    }
    if (absent) {
      return Condition.ABSENT;
    }
    if (present) {
      return Condition.PRESENT;
    }
    return version == NO_VERSION ? Condition.NONE : Condition.version(version);
  }

  private long neededLife() {
    if (life == Life.UNCHANGED) {
      throw new IllegalArgumentException("'ttl' is missing");
    }
    return life;
  }

  private Payload needed(Name what) {
    var made = payload();
    if (made == null) {
      throw new IllegalArgumentException(
          Settings.quote(what.word()) + " needs 'value', or 'value64' in JSON");
    }
    return made;
  }

  private @Nullable Payload payload() {
    if (value == null) {
      return null;
    }
    if (type == null) {
      return contents.of(value, valueType, schema, weight);
    }
    if (Formats.json(type) && !valueType.equals(Contents.JSON) && !Formats.isJson(value)) {
      throw new IllegalArgumentException("'type' is " + type + ", but 'value' is not JSON");
    }
    return contents.of(value, ContentTypes.checked(type), schema, weight);
  }
}
