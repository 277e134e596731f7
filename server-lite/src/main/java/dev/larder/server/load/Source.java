package dev.larder.server.load;

import io.netty.buffer.ByteBuf;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;

/** What one connection asks next. */
@FunctionalInterface
interface Source {

  /** Writes the next request and tells how many entries it is about; 0 when that was all. */
  int next(ByteBuf out);

  /** So many values are left to all connections of a stretch together. Safe for all threads. */
  final class Quota {
    private final AtomicLong left;

    Quota(long values) {
      left = new AtomicLong(values);
    }

    /** Takes some, as many as wanted while there are as many. */
    int take(int wanted) {
      return (int) Math.max(0, Math.min(wanted, left.getAndAdd(-wanted)));
    }

    /** Leaves nothing. */
    void stop() {
      left.set(0);
    }
  }

  /**
   * What the plan says, keys drawn evenly at random; a source for the connection of each number.
   */
  static IntFunction<Source> planned(Plan plan, Dialect dialect, Quota quota) {
    var data = plan.data();
    return number -> {
      var random = new SplittableRandom(number);
      return out -> {
        var values = quota.take(plan.perRequest());
        if (values > 0) {
          switch (plan.kind()) {
            case GET -> dialect.get(out, random.nextInt(data.keys()));
            case SET -> dialect.set(out, random.nextInt(data.keys()));
            case MIXED -> mixed(out, plan, dialect, random);
            case BATCH_GET -> dialect.getAll(out, run(random, data, values));
            case BATCH_SET -> dialect.setAll(out, run(random, data, values));
          }
        }
        return values;
      };
    };
  }

  private static void mixed(ByteBuf out, Plan plan, Dialect dialect, SplittableRandom random) {
    var key = random.nextInt(plan.data().keys());
    if (random.nextDouble() < plan.reads()) {
      dialect.get(out, key);
    } else {
      dialect.set(out, key);
    }
  }

  /** Keys in a row from a random one on, so that none is twice in a batch that has them all. */
  private static int[] run(SplittableRandom random, Plan.Data data, int length) {
    var keys = new int[length];
    var first = random.nextInt(data.keys());
    for (var at = 0; at < length; at++) {
      keys[at] = (first + at) % data.keys();
    }
    return keys;
  }

  /** Stores every key once, or removes it: one source for all connections. */
  static Source each(Plan plan, Dialect dialect, boolean remove) {
    var keys = plan.data().keys();
    var next = new AtomicLong();
    var together = !remove && plan.kind().batch() ? plan.data().batch() : 1;
    return out -> {
      var first = next.getAndAdd(together);
      var values = (int) Math.max(0, Math.min(together, keys - first));
      if (values > 0 && remove) {
        dialect.remove(out, (int) first);
      } else if (values > 0 && together == 1) {
        dialect.set(out, (int) first);
      } else if (values > 0) {
        var some = new int[values];
        for (var at = 0; at < values; at++) {
          some[at] = (int) first + at;
        }
        dialect.setAll(out, some);
      }
      return values;
    };
  }
}
