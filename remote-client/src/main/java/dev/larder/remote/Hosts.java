package dev.larder.remote;

import dev.larder.Clock;
import dev.larder.remote.RemoteOptions.HostAddress;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The hosts in order of preference, of which one is in use. When it does not do, the next one that
 * does is; those that are preferred to it are looked at now and then, and used again when they are
 * back. Safe for all threads.
 */
final class Hosts {
  private static final System.Logger LOG = System.getLogger("dev.larder");

  /** One of them. */
  static final class Host {
    private final HostAddress address;
    private final int rank;
    private final Breaker breaker;
    private final AtomicBoolean lookedAfter = new AtomicBoolean();
    private volatile String trouble = "";

    /** When the last request began that it answered. */
    private volatile long answered;

    Host(HostAddress address, int rank, Breaker breaker, long now) {
      this.address = address;
      this.rank = rank;
      this.breaker = breaker;
      this.answered = now;
    }

    HostAddress address() {
      return address;
    }

    int rank() {
      return rank;
    }

    @Override
    public String toString() {
      return address.toString();
    }
  }

  /** Looks at a host that is not in use, some time, and reports what it found. */
  interface Probe {
    void later(Host host, long nanos);
  }

  private final List<Host> all;
  private final Clock clock;
  private final Probe probe;
  private final CopyOnWriteArrayList<Runnable> watchers = new CopyOnWriteArrayList<>();
  private volatile Host used;

  Hosts(List<HostAddress> addresses, Clock clock, Jitter jitter, Probe probe) {
    var hosts = new ArrayList<Host>();
    for (var address : addresses) {
      hosts.add(new Host(address, hosts.size(), new Breaker(jitter, clock.ticks()), clock.ticks()));
    }
    this.all = List.copyOf(hosts);
    this.clock = clock;
    this.probe = probe;
    this.used = all.get(0);
  }

  /** The one in use, whether or not it does. */
  Host used() {
    return used;
  }

  /**
   * The one to ask now, which is the one in use from now on. Who asks it says what came of it.
   *
   * @throws Failure when none is to be asked
   */
  Host pick() throws Failure {
    var now = clock.ticks();
    var first = used;
    if (first.breaker.passes(now)) {
      return first;
    }
    for (var host : all) {
      if (host != first && host.breaker.passes(now)) {
        use(host);
        return host;
      }
    }
    throw new Failure(
        Failure.Kind.UNREACHABLE, false, "no server does at present: " + troubles(), null);
  }

  /** In how many nanoseconds the next one may be asked. */
  long pause() {
    var now = clock.ticks();
    var least = Long.MAX_VALUE;
    for (var host : all) {
      least = Math.min(least, host.breaker.left(now));
    }
    return least;
  }

  /** It answered. */
  void worked(Host host, long begun) {
    host.answered = begun;
    host.breaker.worked(clock.ticks());
    if (!host.trouble.isEmpty() && host.breaker.state() instanceof Breaker.Closed) {
      host.trouble = "";
    }
  }

  /** It answered who looked at it. */
  void back(Host host, long begun) {
    worked(host, begun);
    if (host.rank < used.rank && host.breaker.state() instanceof Breaker.Closed) {
      use(host);
    }
  }

  /** Nothing is known of it: who was to ask it did not. */
  void undecided(Host host) {
    host.breaker.undecided(clock.ticks());
  }

  /** It did not. */
  void failed(Host host, Failure failure, long begun) {
    var now = clock.ticks();
    if (host.answered - begun > 0) {
      // It has answered what was asked later, so this one was lost on the way, or before it was
      // back.
      host.breaker.undecided(now);
      return;
    }
    switch (failure.kind()) {
      case STOPPED, INTERRUPTED -> host.breaker.undecided(now);
      case REFUSED -> {
        host.trouble = failure.text();
        host.breaker.worked(now);
      }
      default -> {
        host.trouble = failure.text();
        host.breaker.failed(failure.kind() == Failure.Kind.UNREACHABLE, begun, now);
      }
    }
    if (host == used) {
      replace(host);
    } else if (host.rank < used.rank) {
      look(host);
    }
  }

  /** At once, so that what is sent again goes elsewhere. */
  private void replace(Host host) {
    if (host.breaker.state() instanceof Breaker.Closed) {
      return;
    }
    for (var other : all) {
      if (other.breaker.state() instanceof Breaker.Closed) {
        use(other);
        return;
      }
    }
  }

  private void use(Host host) {
    Host before;
    synchronized (this) {
      before = used;
      used = host;
    }
    if (before == host) {
      return;
    }
    LOG.log(Level.WARNING, "server {0} is used in place of {1}", host, before);
    watchers.forEach(Hosts::tell);
    for (var other : all.subList(0, host.rank)) {
      look(other);
    }
  }

  private void look(Host host) {
    if (host.lookedAfter.compareAndSet(false, true)) {
      var left = host.breaker.left(clock.ticks());
      probe.later(host, Math.max(left, TimeUnit.MILLISECONDS.toNanos(1)));
    }
  }

  /** The time for a look has come: whether to ask the host, and then say what came of it. */
  boolean looks(Host host) {
    host.lookedAfter.set(false);
    if (host.rank >= used.rank) {
      return false;
    }
    if (host.breaker.passes(clock.ticks())) {
      return true;
    }
    look(host);
    return false;
  }

  private static void tell(Runnable watcher) {
    try {
      watcher.run();
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "who was told of a change of the server failed", e);
    }
  }

  void watch(Runnable changed) {
    watchers.add(changed);
  }

  void unwatch(Runnable changed) {
    watchers.remove(changed);
  }

  private String troubles() {
    return String.join(
        "; ", all.stream().map(host -> host.trouble).filter(text -> !text.isEmpty()).toList());
  }

  /** What is wrong, in words. */
  List<String> problems() {
    return all.stream().filter(host -> !host.trouble.isEmpty()).map(host -> host.trouble).toList();
  }

  /** How each is, in words. */
  Map<String, String> states() {
    var states = new LinkedHashMap<String, String>();
    for (var host : all) {
      states.put(host.toString(), (host == used ? "in use" : "spare") + describe(host));
    }
    return states;
  }

  private String describe(Host host) {
    var state = host.breaker.state();
    if (state instanceof Breaker.Open) {
      var millis = TimeUnit.NANOSECONDS.toMillis(host.breaker.left(clock.ticks()));
      return ", left alone for " + millis + " ms: " + host.trouble;
    }
    return state instanceof Breaker.HalfOpen ? ", being tried" : ", well";
  }
}
