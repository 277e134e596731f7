package dev.larder.server.http;

/**
 * What one route does. Runs on an event loop where its database does not wait, else on a thread
 * that may wait. What it throws becomes the answer: {@link ProblemException} as it says, anything
 * else as an internal error that tells the client nothing.
 */
@FunctionalInterface
public interface Handler {

  /** Does it, and answers once, now or later, on any thread. */
  void handle(Exchange exchange);
}
