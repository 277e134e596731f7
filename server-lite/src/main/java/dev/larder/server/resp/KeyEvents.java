package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.larder.RemovalCause;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * Tells of changes on channels: {@code __keyspace@0__:key} gets what happened, {@code
 * __keyevent@0__:what} gets the key (<a
 * href="https://redis.io/docs/latest/develop/use/keyspace-notifications/">keyspace
 * notifications</a>). A database without a number goes by its name. Off until flags are set.
 */
final class KeyEvents {
  /** Every letter, in the order in which Redis shows them. */
  private static final String FLAGS = "g$lshzxetdnmKE";

  /** What {@code A} stands for. */
  private static final String ALL = "g$lshzxetd";

  private final PubSub pubSub;
  private final Databases databases;
  private volatile String flags = "";

  KeyEvents(PubSub pubSub, Databases databases) {
    this.pubSub = pubSub;
    this.databases = databases;
  }

  /** Sets what is told; false, with nothing changed, when a letter means nothing. */
  boolean flags(String letters) {
    var all = letters.replace("A", ALL);
    for (int at = 0; at < all.length(); at++) {
      if (FLAGS.indexOf(all.charAt(at)) < 0) {
        return false;
      }
    }
    var chosen = new StringBuilder();
    for (int at = 0; at < FLAGS.length(); at++) {
      if (all.indexOf(FLAGS.charAt(at)) >= 0) {
        chosen.append(FLAGS.charAt(at));
      }
    }
    flags = chosen.toString();
    return true;
  }

  /** What is told, as Redis shows it. */
  String flags() {
    var shown = flags;
    return shown.startsWith(ALL) ? "A" + shown.substring(ALL.length()) : shown;
  }

  /** Whether anything is told at all. */
  boolean on() {
    var set = flags;
    return (set.indexOf('K') >= 0 || set.indexOf('E') >= 0) && set.length() > 1;
  }

  /** Tells of a change, made by a command of that session or by nobody's. */
  void changed(Database database, Bytes key, Change<Payload> change, @Nullable RespSession by) {
    if (pubSub.isEmpty()) {
      return;
    }
    if (change.after() == null) {
      var cause = change.cause();
      if (cause == RemovalCause.EXPIRED) {
        tell(database, key, 'x', "expired");
      } else if (cause == RemovalCause.EVICTED) {
        tell(database, key, 'e', "evicted");
      } else {
        tell(database, key, 'g', KeyWords.removal(by));
      }
      return;
    }
    if (change.before() == null) {
      tell(database, key, 'n', "new");
    }
    for (var word : KeyWords.write(by)) {
      tell(database, key, KeyWords.generic(word) ? 'g' : '$', word);
    }
  }

  private void tell(Database database, Bytes key, char kind, String event) {
    var set = flags;
    if (set.indexOf(kind) < 0) {
      return;
    }
    var number = databases.number(database);
    var place = "@" + (number == null ? database.name() : number.toString()) + "__:";
    if (set.indexOf('K') >= 0) {
      var head = ("__keyspace" + place).getBytes(US_ASCII);
      var channel = java.util.Arrays.copyOf(head, head.length + key.array().length);
      System.arraycopy(key.array(), 0, channel, head.length, key.array().length);
      pubSub.publish(channel, event.getBytes(US_ASCII));
    }
    if (set.indexOf('E') >= 0) {
      pubSub.publish(("__keyevent" + place + event).getBytes(US_ASCII), key.array());
    }
  }
}
