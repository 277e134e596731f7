package dev.larder.examples.remote;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Stands for what is too expensive to be done twice: a report over a large database. */
final class Bureau {
  private static final long NANOS = 50_000_000;

  private final String name;
  private final AtomicInteger computed = new AtomicInteger();

  /** The name of the process goes into what it computes, to see who did. */
  Bureau(String name) {
    this.name = name;
  }

  /** The report on a subject, after 50 ms. */
  String report(String subject) {
    computed.incrementAndGet();
    LockSupport.parkNanos(NANOS);
    return subject + ", computed by " + name;
  }

  /** How many it has computed. */
  int computed() {
    return computed.get();
  }
}
