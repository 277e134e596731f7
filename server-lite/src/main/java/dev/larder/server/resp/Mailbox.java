package dev.larder.server.resp;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** The messages that wait to be pushed to one client. Any thread puts in, its event loop takes. */
final class Mailbox {

  /** What became of a message. */
  enum Put {
    /** It lies there, and the event loop has to be told. */
    FIRST,
    /** It lies there with others; the event loop knows. */
    MORE,
    /** More lies there than the client may leave unread. */
    FULL
  }

  private final ConcurrentLinkedQueue<Push> messages = new ConcurrentLinkedQueue<>();
  private final AtomicLong weight = new AtomicLong();
  private final AtomicBoolean told = new AtomicBoolean();
  private final long most;

  Mailbox(long most) {
    this.most = most;
  }

  Put put(Push message) {
    if (weight.addAndGet(message.weight()) > most) {
      weight.addAndGet(-message.weight());
      return Put.FULL;
    }
    messages.add(message);
    return told.compareAndSet(false, true) ? Put.FIRST : Put.MORE;
  }

  /** Whether something lies there. */
  boolean isEmpty() {
    return messages.isEmpty();
  }

  /** Writes messages until none is left or so many bytes were written. */
  void empty(RespReply reply, long bytes) {
    told.set(false);
    while (reply.written() < bytes) {
      var message = messages.poll();
      if (message == null) {
        return;
      }
      weight.addAndGet(-message.weight());
      reply.begin();
      message.write(reply);
    }
  }
}
