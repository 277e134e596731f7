package dev.larder.remote;

/**
 * Where the password or token for a server comes from, for those that change: found with {@link
 * java.util.ServiceLoader} by its name in {@code remote.credentials}. Asked before the first
 * request and again when a server refuses what it gave; implementations are safe for all threads,
 * quick, and do not log what they give.
 */
public interface Credentials {

  /** The word in the configuration. */
  String name();

  /** The password or token, never empty. What it throws fails the requests that need it. */
  String password();
}
