package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.server.core.Database;
import dev.larder.spi.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The fill tokens of one database that clients have, so that those who never give theirs back cost
 * bounded memory: the oldest are taken back here. Safe for all threads.
 */
final class FillRegister {
  /** So many are out at once. */
  static final int MOST = 10_000;

  /** So long. */
  static final Duration LONGEST = Duration.ofMinutes(10);

  private record Token(long number, long since) {}

  private final Database database;
  private final LoadTable loads;
  private final Map<Bytes, Token> tokens = new LinkedHashMap<>();

  /** None yet; loads end with their tokens. */
  FillRegister(Database database, LoadTable loads) {
    this.database = database;
    this.loads = loads;
  }

  /** A token was given out. */
  void issued(Bytes key, long number) {
    for (var old : add(key, number)) {
      database.update(
          old.getKey(), Edits.EDIT, Edit.fill(null, Life.UNCHANGED, old.getValue().number()));
      loads.returned(old.getKey(), old.getValue().number());
    }
  }

  private synchronized List<Map.Entry<Bytes, Token>> add(Bytes key, long number) {
    var now = database.clock().now();
    tokens.remove(key);
    tokens.put(key, new Token(number, now));
    var dropped = new ArrayList<Map.Entry<Bytes, Token>>();
    var all = tokens.entrySet().iterator();
    while (all.hasNext()) {
      var oldest = all.next();
      if (tokens.size() <= MOST && now - oldest.getValue().since() <= LONGEST.toMillis()) {
        break;
      }
      dropped.add(Map.entry(oldest.getKey(), oldest.getValue()));
      all.remove();
    }
    return dropped;
  }

  /** A token came back. */
  void returned(Bytes key, long number) {
    remove(key, number);
    loads.returned(key, number);
  }

  private synchronized void remove(Bytes key, long number) {
    var known = tokens.get(key);
    if (known != null && known.number() == number) {
      tokens.remove(key);
    }
  }

  synchronized int size() {
    return tokens.size();
  }
}
