package dev.larder.server.http;

import dev.larder.server.core.Database;
import org.jspecify.annotations.Nullable;

/**
 * One operation that the server offers over HTTP.
 *
 * @param method in upper case
 * @param template the path; a segment in braces matches any segment that is not empty
 * @param operation its name, for metrics and for the OpenAPI document
 * @param open whether it wants no password
 * @param place where the handler runs
 * @param target finds the database that it works on, null when it works on none
 * @param quick tried on the event loop first where the database waits, null for nothing
 * @param handler what it does
 */
public record Route(
    String method,
    String template,
    String operation,
    boolean open,
    Place place,
    @Nullable Target target,
    @Nullable Quick quick,
    Handler handler) {

  /** Where a handler runs. */
  public enum Place {
    /** On the event loop, unless its database waits. For what is quick. */
    LOOP,
    /** On a thread that may wait. For what takes long in memory, too. */
    WORK
  }

  /** Finds the database of a request. */
  @FunctionalInterface
  public interface Target {
    /** The database; throws {@link ProblemException} when there is none. Does not wait. */
    Database of(Exchange exchange);
  }

  /** Answers what can be answered without waiting. */
  @FunctionalInterface
  public interface Quick {
    /** Answers, or tells by false that it did not and that the handler has to. */
    boolean handle(Exchange exchange);
  }

  /** A route that wants a password if the server does, on the event loop, without a database. */
  public static Route of(String method, String template, String operation, Handler handler) {
    return new Route(method, template, operation, false, Place.LOOP, null, null, handler);
  }

  /** The same for everybody. */
  public Route opened() {
    return new Route(method, template, operation, true, place, target, quick, handler);
  }

  /** The same where it may wait. */
  public Route working() {
    return new Route(method, template, operation, open, Place.WORK, target, quick, handler);
  }

  /** The same on a database, which it enters beside other work. */
  public Route on(Target database) {
    return new Route(method, template, operation, open, place, database, quick, handler);
  }

  /** The same with something to try first where the database waits. */
  public Route trying(Quick first) {
    return new Route(method, template, operation, open, place, target, first, handler);
  }
}
