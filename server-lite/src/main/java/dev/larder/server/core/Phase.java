package dev.larder.server.core;

/**
 * How far a server is. When it begins to end, {@link #DRAINING} goes through the pipeline of each
 * connection as a user event: whoever speaks a protocol there answers what has come, tells the
 * client where the protocol has a way to, and closes the connection, at once when nothing is in
 * flight. Connections that are still open when patience ends are cut.
 */
public enum Phase {
  /** Settings are read, entries restored; no port is open. */
  STARTING,
  /** It serves. */
  READY,
  /** It takes no new connections and answers what has come. */
  DRAINING
}
