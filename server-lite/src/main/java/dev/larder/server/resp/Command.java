package dev.larder.server.resp;

/**
 * What one command does. Runs on an event loop where the database does not wait, else on a thread
 * that may wait; one at a time for one session, in the order in which the commands came. What it
 * throws as a {@link CommandException} is its answer.
 */
@FunctionalInterface
interface Command {

  /** Does it, and writes exactly one answer. */
  void run(Request request, Session session, Reply reply);
}
