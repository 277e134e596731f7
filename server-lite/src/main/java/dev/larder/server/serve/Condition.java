package dev.larder.server.serve;

import dev.larder.Clock;
import dev.larder.server.core.Node;
import dev.larder.server.core.Phase;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How far this server is. */
@Singleton
final class Condition implements Node {
  private final String id;
  private final Clock clock;
  private final long began;
  private volatile Phase phase = Phase.STARTING;

  @Inject
  Condition(Settings settings, Clock clock) {
    this.id = settings.nodeId();
    this.clock = clock;
    this.began = clock.ticks();
  }

  void is(Phase now) {
    phase = now;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Phase phase() {
    return phase;
  }

  @Override
  public Duration uptime() {
    return Duration.ofNanos(clock.ticks() - began);
  }
}
