package dev.larder.server.serve;

import dev.larder.Clock;
import dev.larder.server.core.Access;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One password for everybody, and patience with those who do not know it.
 *
 * <p>Passwords are compared by their digests, in constant time. An address that was wrong more than
 * {@value #FREE} times in a row waits for the answer to its next try, right or wrong, twice as long
 * each time, up to {@link #LONGEST}; a right password ends that, and so does time. Tries of one
 * address wait side by side, but no more than {@value #SIDE_BY_SIDE} at once: further ones are
 * wrong without a look, so that guessing over many connections gains nothing. Waiting is the
 * timer's, no thread is held.
 *
 * <p>Memory is bounded: of {@value #ADDRESSES} addresses at most it is known how often they were
 * wrong, and the one that was wrong longest ago is forgotten first. IPv6 addresses count by their
 * first 64 bits, since a single client has as many as it likes of the others.
 */
final class Passwords implements Access {
  private static final int FREE = 3;
  private static final int SIDE_BY_SIDE = 32;
  private static final int ADDRESSES = 10_000;
  private static final int PREFIX = 8;
  private static final long FIRST_MILLIS = 100;
  private static final int DOUBLINGS = 6;

  /** The longest wait for an answer. */
  static final Duration LONGEST = Duration.ofMillis(FIRST_MILLIS << DOUBLINGS);

  /** After so long without a mistake an address begins anew. */
  static final Duration FORGIVEN = Duration.ofMinutes(10);

  private final Secret secret;
  private final Clock clock;
  private final ScheduledExecutorService timer;
  private final Failures failures = new Failures();
  private volatile boolean anybodyFailed;

  /** What is known of one address. Guarded by {@link #failures}. */
  private static final class Past {
    private int wrong;
    private int waiting;
    private long last;
  }

  /** By address, the one that was wrong longest ago first. */
  private static final class Failures extends LinkedHashMap<ByteBuffer, Past> {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(java.util.Map.Entry<ByteBuffer, Past> eldest) {
      return size() > ADDRESSES;
    }
  }

  Passwords(Secret secret, Clock clock, ScheduledExecutorService timer) {
    this.secret = secret;
    this.clock = clock;
    this.timer = timer;
  }

  @Override
  public boolean wanted() {
    return true;
  }

  @Override
  public void check(
      @Nullable String user, byte[] password, SocketAddress from, Consumer<Boolean> answer) {
    var right = secret.matches(password) && (user == null || user.equals(DEFAULT_USER));
    if (right && !anybodyFailed) {
      answer.accept(true);
      return;
    }
    var address = address(from);
    var wait = wait(address, right);
    if (wait < 0) {
      answer.accept(false);
    } else if (wait == 0) {
      answer.accept(right);
    } else {
      var unused =
          timer.schedule(() -> waited(address, right, answer), wait, TimeUnit.MILLISECONDS);
    }
  }

  /** How long the answer has to wait in milliseconds; negative for a try that does not count. */
  private long wait(ByteBuffer address, boolean right) {
    synchronized (failures) {
      var past = failures.get(address);
      if (past != null && clock.ticks() - past.last > FORGIVEN.toNanos() && past.waiting == 0) {
        failures.remove(address);
        past = null;
      }
      if (past == null && right) {
        return 0;
      }
      past = past == null ? new Past() : past;
      if (past.waiting >= SIDE_BY_SIDE) {
        return -1;
      }
      var millis = millis(past.wrong);
      if (right) {
        past.waiting += millis > 0 ? 1 : 0;
        return forget(address, millis);
      }
      remember(address, past);
      past.waiting += millis > 0 ? 1 : 0;
      return millis;
    }
  }

  private static long millis(int wrong) {
    return wrong < FREE ? 0 : FIRST_MILLIS << Math.min(wrong - FREE, DOUBLINGS);
  }

  /** A right password that need not wait is forgiven at once, others when they have waited. */
  private long forget(ByteBuffer address, long millis) {
    if (millis == 0) {
      failures.remove(address);
      anybodyFailed = !failures.isEmpty();
    }
    return millis;
  }

  private void remember(ByteBuffer address, Past past) {
    past.wrong++;
    past.last = clock.ticks();
    failures.remove(address); // so that it becomes the youngest
    failures.put(address, past);
    anybodyFailed = true;
  }

  private void waited(ByteBuffer address, boolean right, Consumer<Boolean> answer) {
    synchronized (failures) {
      var past = failures.get(address);
      if (past != null) {
        past.waiting--;
        if (right) {
          forget(address, 0);
        }
      }
    }
    answer.accept(right);
  }

  /** How many addresses are remembered. */
  int remembered() {
    synchronized (failures) {
      return failures.size();
    }
  }

  private static ByteBuffer address(SocketAddress from) {
    if (from instanceof InetSocketAddress internet && internet.getAddress() != null) {
      return ByteBuffer.wrap(prefix(internet.getAddress()));
    }
    return ByteBuffer.allocate(0);
  }

  private static byte[] prefix(InetAddress address) {
    var bytes = address.getAddress();
    return bytes.length > PREFIX ? Arrays.copyOf(bytes, PREFIX) : bytes;
  }
}
