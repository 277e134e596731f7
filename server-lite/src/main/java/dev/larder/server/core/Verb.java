package dev.larder.server.core;

import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import dev.larder.spi.Update;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * A verb of the server: one atomic change of one entry. A constant without state; its body must be
 * quick, call no user code, wait for nothing, and may be run again on a fresh look at the entry, so
 * all that it knows comes from its argument and the slot.
 *
 * @param <A> the argument
 * @param <R> the result
 */
public final class Verb<A, R extends @Nullable Object> implements Update<A, Payload, R> {
  private final String name;
  private final BiFunction<A, Slot<Payload>, R> body;

  private Verb(String name, BiFunction<A, Slot<Payload>, R> body) {
    this.name = name;
    this.body = body;
  }

  /** A verb of that name. */
  public static <A, R extends @Nullable Object> Verb<A, R> of(
      String name, BiFunction<A, Slot<Payload>, R> body) {
    return new Verb<>("server." + name, body);
  }

  @Override
  public R apply(A argument, Slot<Payload> slot) {
    return body.apply(argument, slot);
  }

  @Override
  public String wireName() {
    return name;
  }

  @Override
  public String toString() {
    return name;
  }
}
