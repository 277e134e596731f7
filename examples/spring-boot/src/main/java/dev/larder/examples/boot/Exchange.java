package dev.larder.examples.boot;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.stereotype.Service;

/** Stands for a service that is too slow to be asked twice. */
@Service
class Exchange {
  private static final long NANOS = 50_000_000;

  private final AtomicInteger asked = new AtomicInteger();

  /** The quote of a share after 50 ms, or null when there is no such share. */
  @Cacheable(value = "quotes", sync = true)
  public @Nullable Quote quote(String share) {
    asked.incrementAndGet();
    LockSupport.parkNanos(NANOS);
    return share.equals("nobody") ? null : new Quote(share, share.length() * 100);
  }

  /** How often it was really asked. */
  public int asked() {
    return asked.get();
  }
}
