package dev.larder.server.core;

/** Told of what the protocols do, for metrics. Cheap, from any thread, never throws. */
public interface Telemetry {

  /** A protocol of the server. */
  enum Protocol {
    /** REST and everything else over HTTP. */
    HTTP,
    /** The Redis protocol. */
    RESP
  }

  /**
   * Operations were done.
   *
   * @param name what they were, one of a small fixed set of words: a command, or a route; never
   *     anything that a client made up
   * @param count how many; several pipelined ones are told together
   * @param nanos how long all of them took together, from parsed to answered
   */
  default void operations(Protocol protocol, String name, int count, long nanos) {}

  /** An operation failed through no fault of the client. */
  default void failed(Protocol protocol, String name, Throwable failure) {}

  /** A connection was opened or closed. */
  default void connection(Protocol protocol, boolean opened) {}

  /**
   * A connection was refused or cut.
   *
   * @param why one of a small fixed set of words
   */
  default void refused(Protocol protocol, String why) {}

  /** Bytes came in and went out over the network. */
  default void transferred(Protocol protocol, long in, long out) {}

  /** Told of everything, does nothing. */
  static Telemetry none() {
    return new Telemetry() {};
  }
}
