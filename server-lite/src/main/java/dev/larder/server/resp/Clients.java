package dev.larder.server.resp;

import java.util.Collection;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The open connections by number. Safe for all threads. */
final class Clients {
  private final ConcurrentSkipListMap<Long, RespSession> open = new ConcurrentSkipListMap<>();
  private final AtomicLong last = new AtomicLong();

  /** A number that no client had. */
  long nextId() {
    return last.incrementAndGet();
  }

  void add(RespSession session) {
    open.put(session.id(), session);
  }

  void remove(RespSession session) {
    open.remove(session.id());
  }

  /** The one of that number, null when it has left. */
  @Nullable RespSession find(long id) {
    return open.get(id);
  }

  /** All, the oldest first. */
  Collection<RespSession> all() {
    return open.values();
  }

  /** How many there were, ever. */
  long ever() {
    return last.get();
  }
}
