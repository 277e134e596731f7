package dev.larder.server.resp;

import dev.larder.server.resp.Tracking.Mode;
import dev.larder.spi.Bytes;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Who has to be told when a key changes: the clients that read it since it changed last, and those
 * that asked for everything under a prefix. A key of any database counts, as in Redis, which does
 * not tell them apart in invalidations either. Safe for all threads.
 *
 * <p>The table has a bound; when it is full the keys that were remembered first are invalidated
 * although they did not change.
 */
final class Trackers {
  /** So many keys are remembered ({@code tracking-table-max-keys} of Redis has this default). */
  static final int MOST = 1_000_000;

  private static final byte[] REDIRECTED = {
    '_', '_', 'r', 'e', 'd', 'i', 's', '_', '_', ':', 'i', 'n', 'v', 'a', 'l', 'i', 'd', 'a', 't',
    'e'
  };

  private final Clients clients;
  private final int most;
  private final ConcurrentHashMap<Bytes, Remembered> table = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Remembered> order = new ConcurrentLinkedQueue<>();
  private final AtomicInteger ordered = new AtomicInteger();
  private final CopyOnWriteArraySet<RespSession> tracking = new CopyOnWriteArraySet<>();
  private final CopyOnWriteArraySet<RespSession> broadcast = new CopyOnWriteArraySet<>();

  /** A key and the numbers of the clients that read it; changed only inside the table. */
  private static final class Remembered {
    private final Bytes key;
    private long[] readers;
    private volatile boolean told;

    Remembered(Bytes key, long reader) {
      this.key = key;
      this.readers = new long[] {reader};
    }

    void add(long reader) {
      for (var known : readers) {
        if (known == reader) {
          return;
        }
      }
      readers = Arrays.copyOf(readers, readers.length + 1);
      readers[readers.length - 1] = reader;
    }
  }

  /**
   * What a client is told.
   *
   * @param key what it must forget, null for everything
   */
  private record Invalidation(@Nullable Bytes key) implements Push {
    @Override
    public void write(RespReply reply) {
      if (reply.resp3()) {
        reply.push(2);
        reply.bulk("invalidate");
      } else {
        reply.push(3);
        reply.bulk("message");
        reply.bulk(REDIRECTED);
      }
      if (key == null) {
        reply.nilArray();
      } else {
        reply.array(1);
        reply.bulk(key.array());
      }
    }

    @Override
    public int weight() {
      return 64 + (key == null ? 0 : key.array().length);
    }
  }

  /** What a client is told whose stand-in has left. */
  private record Broken(long client) implements Push {
    @Override
    public void write(RespReply reply) {
      reply.push(2);
      reply.bulk("tracking-redir-broken");
      reply.integer(client);
    }

    @Override
    public int weight() {
      return 64;
    }
  }

  Trackers(Clients clients, int most) {
    this.clients = clients;
    this.most = most;
  }

  /** A session begins to track, or does it in another way from now on. */
  void add(RespSession session, Tracking how) {
    tracking.add(session);
    if (how.mode() == Mode.BROADCAST) {
      broadcast.add(session);
    } else {
      broadcast.remove(session);
    }
  }

  /** A session tracks no more; what it read is forgotten when it changes. */
  void remove(RespSession session) {
    tracking.remove(session);
    broadcast.remove(session);
  }

  /** Whether nobody tracks. */
  boolean isEmpty() {
    return tracking.isEmpty();
  }

  /** How many clients track. */
  int clients() {
    return tracking.size();
  }

  /** How many keys are remembered. */
  int keys() {
    return table.size();
  }

  /** How many prefixes are listened to. */
  int prefixes() {
    return broadcast.size();
  }

  /** A session is about to read a key. */
  void remember(Bytes key, RespSession session) {
    table.compute(
        key,
        (same, known) -> {
          if (known != null) {
            known.add(session.id());
            return known;
          }
          var made = new Remembered(key, session.id());
          order.add(made);
          ordered.incrementAndGet();
          return made;
        });
    var oldest = order.peek();
    while (ordered.get() > most || (oldest != null && oldest.told)) {
      dropOldest();
      oldest = order.peek();
    }
  }

  /** Drops the key that was remembered first; whoever read it is told if it was not told yet. */
  private void dropOldest() {
    var oldest = order.poll();
    if (oldest != null) {
      ordered.decrementAndGet();
      if (table.remove(oldest.key, oldest)) {
        tell(oldest, null);
      }
    }
  }

  /** A key changed, by a command of that session or by nobody's. */
  void changed(Bytes key, @Nullable RespSession by) {
    var remembered = table.remove(key);
    if (remembered != null) {
      remembered.told = true;
      tell(remembered, by);
    }
    for (var session : broadcast) {
      var how = session.tracking();
      if (how != null && how.mode() == Mode.BROADCAST && how.covers(key.array())) {
        tell(session, how, new Invalidation(key), by);
      }
    }
  }

  private void tell(Remembered remembered, @Nullable RespSession by) {
    var message = new Invalidation(remembered.key);
    for (var reader : remembered.readers) {
      var session = clients.find(reader);
      var how = session == null ? null : session.tracking();
      if (session != null && how != null && how.mode() != Mode.BROADCAST) {
        tell(session, how, message, by);
        if (session == by && how.noLoop()) {
          // It was not told, so it may keep what it read or wrote: others' changes still count.
          remember(remembered.key, session);
        }
      }
    }
  }

  private void tell(RespSession session, Tracking how, Push message, @Nullable RespSession by) {
    if (session == by && how.noLoop()) {
      return;
    }
    if (how.redirect() == 0) {
      if (session.resp3()) {
        session.handler().push(message);
      }
      return;
    }
    var standIn = clients.find(how.redirect());
    if (standIn != null) {
      if (standIn.resp3() || standIn.listens()) {
        standIn.handler().push(message);
      }
    } else if (!how.broken()) {
      how.broken(true);
      if (session.resp3()) {
        session.handler().push(new Broken(how.redirect()));
      }
    }
  }

  /** Everything was dropped. */
  void cleared() {
    for (var oldest = order.poll(); oldest != null; oldest = order.poll()) {
      ordered.decrementAndGet();
      table.remove(oldest.key, oldest);
    }
    for (var session : tracking) {
      var how = session.tracking();
      if (how != null) {
        tell(session, how, new Invalidation(null), null);
      }
    }
  }
}
