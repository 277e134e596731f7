package dev.larder.server.core;

import io.netty.util.concurrent.FastThreadLocal;

/**
 * What a client calls the operation that this thread does for it, so that it knows the changes it
 * made itself when it is told of them.
 */
public final class Operation {
  private static final FastThreadLocal<Long> CURRENT = new FastThreadLocal<>();

  private Operation() {}

  /** The name of the operation on this thread, 0 when it has none. */
  public static long current() {
    var name = CURRENT.getIfExists();
    return name == null ? 0 : name;
  }

  /** Does the work under that name; within it, other work may have names of its own. */
  public static void run(long name, Runnable work) {
    if (name == 0) {
      work.run();
      return;
    }
    var outer = current();
    CURRENT.set(name);
    try {
      work.run();
    } finally {
      if (outer == 0) {
        CURRENT.remove();
      } else {
        CURRENT.set(outer);
      }
    }
  }
}
