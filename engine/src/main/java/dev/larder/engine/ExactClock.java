package dev.larder.engine;

import dev.larder.Clock;

/** A clock that reads exactly every time, for caches that ask for it. */
record ExactClock(Clock source) implements Clock {
  @Override
  public long now() {
    return source.exact();
  }

  @Override
  public long exact() {
    return source.exact();
  }

  @Override
  public long ticks() {
    return source.ticks();
  }

  @Override
  public long resolutionMillis() {
    return 0;
  }
}
