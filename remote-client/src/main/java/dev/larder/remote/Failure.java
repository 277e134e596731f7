package dev.larder.remote;

import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import org.jspecify.annotations.Nullable;

/**
 * One attempt at one host failed: how, and what that says about whether anything was done. Never
 * seen by users; {@link #told} makes of it what they see.
 */
final class Failure extends Exception {
  private static final long serialVersionUID = 1L;

  /** What went wrong; it decides whether, and where, an attempt may be repeated. */
  enum Kind {
    /** No connection: another host may do. */
    UNREACHABLE(true),
    /** The connection broke. */
    BROKEN(true),
    /** No answer in time. */
    SILENT(true),
    /** The server has too much to do, or is ending. */
    BUSY(true),
    /** The server does not let us in: asking again does not help. */
    REFUSED(false),
    /** The answer is none of a Larder server: asking again does not help. */
    STRANGE(false),
    /** The calling thread was interrupted. */
    INTERRUPTED(false),
    /** The way was closed. */
    STOPPED(false);

    private final boolean passing;

    Kind(boolean passing) {
      this.passing = passing;
    }

    /** Whether another attempt may succeed. */
    boolean passing() {
      return passing;
    }
  }

  private final Kind kind;
  private final boolean arrived;
  private final String text;

  /**
   * @param arrived whether the request may have reached the server
   */
  Failure(Kind kind, boolean arrived, String message, @Nullable Throwable cause) {
    super(message, cause, false, false);
    this.kind = kind;
    this.arrived = arrived;
    this.text = message;
  }

  Kind kind() {
    return kind;
  }

  /** What happened, and what to do, in words. */
  String text() {
    return text;
  }

  /** Whether the request may have reached the server, and done there what it asked for. */
  boolean arrived() {
    return arrived;
  }

  /** Whether what was asked may be asked again. */
  boolean allowsAgain(boolean repeatable) {
    return kind.passing() && (repeatable || !arrived);
  }

  /** As it is for those whom an interrupted caller only carried. */
  Failure ofCarrier() {
    return kind == Kind.INTERRUPTED
        ? new Failure(Kind.BROKEN, arrived, text + ", of the caller that carried it", getCause())
        : this;
  }

  /** As its caller gets it; a new one each time, since each has its own stack. */
  StoreException told(boolean repeatable) {
    return arrived && !repeatable
        ? new OutcomeUnknownException(text + "; the change may have been made", getCause())
        : new StoreException(text, getCause());
  }
}
