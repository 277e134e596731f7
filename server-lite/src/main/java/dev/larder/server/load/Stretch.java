package dev.larder.server.load;

import dev.larder.Clock;
import io.netty.channel.Channel;
import io.netty.util.concurrent.EventExecutor;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;

/**
 * One part of a load: opens connections, and when all are open has them ask until there is nothing
 * more to ask or time is up; then they close. Used once, by one thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of listeners; the futures themselves are heard
final class Stretch implements Connection.Owner {
  /** After the time is up, what is under way may take so long. */
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** So many connections are being opened at once, so that no server's queue overflows. */
  private static final int OPENING = 64;

  private final Transport transport;
  private final Dialect dialect;
  private final Clock clock;
  private final Load.Pulse pulse;

  private final Map<EventExecutor, Tally> tallies = new ConcurrentHashMap<>();
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final AtomicInteger opened = new AtomicInteger();
  private final AtomicInteger running = new AtomicInteger();
  private final LongAdder values = new LongAdder();
  private final CompletableFuture<Void> open = new CompletableFuture<>();
  private final CompletableFuture<Void> end = new CompletableFuture<>();
  private volatile int wanted;

  /** What came of it. */
  record Outcome(Tally tally, Duration took) {}

  Stretch(Transport transport, Dialect dialect, Clock clock, Load.Pulse pulse) {
    this.transport = transport;
    this.dialect = dialect;
    this.clock = clock;
    this.pulse = pulse;
  }

  /**
   * Does it.
   *
   * @param sources what the connection of each number asks
   * @param stop makes sources dry, when time is up
   * @throws IOException when the server cannot be reached, breaks a connection or answers too late
   */
  Outcome run(
      String name,
      Plan.Pressure pressure,
      IntFunction<Source> sources,
      Duration time,
      Runnable stop)
      throws IOException {
    var channels = new CopyOnWriteArrayList<Channel>();
    wanted = pressure.connections();
    running.set(wanted);
    try {
      open(pressure, sources, channels);
      var start = clock.ticks();
      connections.forEach(Connection::begin);
      var beat = beat(name, start);
      var alarm = transport.loops().schedule(stop, time.toNanos(), TimeUnit.NANOSECONDS);
      try {
        await(end, time.plus(GRACE), "no answer for " + GRACE.toSeconds() + " s after the end");
      } finally {
        beat.cancel(false);
        alarm.cancel(false);
      }
      return new Outcome(tally(), Duration.ofNanos(clock.ticks() - start));
    } finally {
      channels.forEach(Channel::close);
    }
  }

  private Future<?> beat(String name, long start) {
    return transport
        .loops()
        .scheduleAtFixedRate(
            () -> pulse.beat(name, Duration.ofNanos(clock.ticks() - start), values.sum()),
            1,
            1,
            TimeUnit.SECONDS);
  }

  private void open(Plan.Pressure pressure, IntFunction<Source> sources, List<Channel> channels)
      throws IOException {
    for (var number = 0; number < wanted; number++) {
      var source = sources.apply(number);
      var opening =
          transport.connect(
              channel -> {
                var tally = tallies.computeIfAbsent(channel.eventLoop(), loop -> new Tally());
                var connection =
                    new Connection(dialect, source, pressure.depth(), clock, tally, this);
                dialect.answers(channel.pipeline());
                channel.pipeline().addLast(connection);
                connections.add(connection);
              });
      channels.add(opening.channel());
      opening.addListener(
          done -> {
            if (!done.isSuccess()) {
              failed(done.cause());
            }
          });
      if (number % OPENING == OPENING - 1) {
        opening.awaitUninterruptibly();
      }
    }
    await(open, Transport.CONNECT.plus(GRACE), "not let in");
  }

  private static void await(CompletableFuture<Void> future, Duration atMost, String late)
      throws IOException {
    try {
      future.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the server is too slow: " + late, e);
    } catch (ExecutionException e) {
      var cause = Objects.requireNonNullElse(e.getCause(), e);
      throw new IOException(cause.getMessage(), cause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private Tally tally() {
    var all = new Tally();
    tallies.values().forEach(all::add);
    return all;
  }

  @Override
  public void ready() {
    if (opened.incrementAndGet() == wanted) {
      open.complete(null);
    }
  }

  @Override
  public void answered(int count) {
    values.add(count);
  }

  @Override
  public void finished() {
    if (running.decrementAndGet() == 0) {
      end.complete(null);
    }
  }

  @Override
  public void failed(Throwable failure) {
    open.completeExceptionally(failure);
    end.completeExceptionally(failure);
  }
}
