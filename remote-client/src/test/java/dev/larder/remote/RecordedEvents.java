package dev.larder.remote;

import dev.larder.Life;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Writes down, in words, what a feed tells. */
final class RecordedEvents implements StoreEvents<Bytes, Payload> {
  private static final int TURNS = 500;
  private static final int TURN_MILLIS = 40;
  private final List<String> told = new ArrayList<>();
  volatile boolean listens = true;
  volatile boolean keeps;
  volatile long staleness = Life.FOREVER;

  private synchronized void tell(String words) {
    told.add(words);
    notifyAll();
  }

  synchronized List<String> told() {
    return List.copyOf(told);
  }

  /** Waits until something of the kind has been told, and gives all. */
  List<String> await(Predicate<List<String>> enough) throws InterruptedException {
    return await(enough, () -> {});
  }

  /** As {@link #await(Predicate)}, doing something meanwhile, again and again. */
  List<String> await(Predicate<List<String>> enough, Runnable meanwhile)
      throws InterruptedException {
    for (int turn = 0; turn < TURNS && !enough.test(told()); turn++) {
      meanwhile.run();
      synchronized (this) {
        if (!enough.test(told)) {
          TimeUnit.MILLISECONDS.timedWait(this, TURN_MILLIS);
        }
      }
    }
    var all = told();
    if (!enough.test(all)) {
      throw new AssertionError("only told: " + all);
    }
    return all;
  }

  List<String> awaitOne(String words) throws InterruptedException {
    return await(all -> all.contains(words));
  }

  static String text(Payload payload) {
    return payload == null
        ? "-"
        : new String(payload.array(), StandardCharsets.UTF_8)
            + (payload.meta().contentType().equals("application/octet-stream")
                ? ""
                : " " + payload.meta().contentType());
  }

  static String text(Bytes key) {
    return new String(key.array(), StandardCharsets.UTF_8);
  }

  @Override
  public void changed(Bytes key, Change<Payload> change, long sequence) {
    var values = text(change.before()) + ">" + text(change.after());
    tell(sequence + " " + text(key) + " " + values + " " + change.cause());
  }

  @Override
  public void gap(long first, long next) {
    tell("gap " + first + " " + next);
  }

  @Override
  public void outdated(Bytes key, long version) {
    if (keeps) {
      tell("outdated " + text(key));
    }
  }

  @Override
  public void outdatedAll() {
    if (keeps) {
      tell("outdated all");
    }
  }

  @Override
  public boolean keepsCopies() {
    return keeps;
  }

  @Override
  public long maxStaleness() {
    return staleness;
  }

  @Override
  public void confirmed(long ticks) {
    if (keeps) {
      tell("confirmed " + ticks);
    }
  }

  @Override
  public boolean wanted() {
    return listens;
  }
}
