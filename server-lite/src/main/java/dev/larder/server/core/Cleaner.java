package dev.larder.server.core;

import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes expired entries out of the databases that somebody watches soon after their time, so that
 * whoever holds copies hears of it, as clients of Redis are used to. Databases that nobody watches
 * are cleaned at their own interval: there nobody sees the difference.
 */
public final class Cleaner {
  /** Between two looks. */
  static final Duration PACE = Duration.ofMillis(100);

  /** A database that waits is cleaned at one of so many looks. */
  static final int SLOWER = 10;

  private final Databases databases;
  private final Work work;
  private final AtomicBoolean cleaning = new AtomicBoolean();

  /** Of the timer, which looks once at a time. */
  private long looks;

  /** Of those databases; the work is done there. */
  @Inject
  public Cleaner(Databases databases, Work work) {
    this.databases = databases;
    this.work = work;
  }

  /** Looks from now on, by that timer, which only starts the work. */
  public void begin(ScheduledExecutorService timer) {
    var unused =
        timer.scheduleWithFixedDelay(
            this::look, PACE.toMillis(), PACE.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    looks++;
    var due = databases.all().stream().filter(this::due).toList();
    if (!due.isEmpty() && cleaning.compareAndSet(false, true)) {
      try {
        work.execute(() -> clean(due));
      } catch (BusyException e) {
        // The next look tries again.
        cleaning.set(false);
      }
    }
  }

  private boolean due(Database database) {
    return database.watched() && (!database.waits() || looks % SLOWER == 0);
  }

  private void clean(List<Database> due) {
    try {
      for (var database : due) {
        if (!database.closed()) {
          database.purge();
        }
      }
    } finally {
      cleaning.set(false);
    }
  }
}
