package dev.larder.remote;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * The way to the servers, shared by the caches that name the same ones in the same way. At any time
 * one host is in use; a change of it is told. Requests that are safe to repeat are repeated, with
 * backoff and on another host if need be; others are when they certainly did not arrive. What fails
 * for good fails with {@link dev.larder.StoreException}, or {@link
 * dev.larder.OutcomeUnknownException} where a change may have happened. Safe for all threads.
 */
interface Link {

  /** Sends a request. An answer that says that the request was wrong is no failure of the way. */
  CompletionStage<Reply> send(Ask ask);

  /** As {@link #send}, waiting; the calling thread does the work. */
  Reply sendAndWait(Ask ask);

  /** As {@link #sendAndWait(Ask)}, until a time in ticks at most rather than for the timeout. */
  Reply sendAndWait(Ask ask, long deadline);

  /** What folds the operations on one cache into batches. */
  default Folder folder(String cache) {
    return folder(cache, deadline -> {});
  }

  /**
   * As {@link #folder(String)}.
   *
   * @param unknown called when a server says that it does not know the cache (it was restarted, or
   *     another host is used now), on the thread that carries the request and perhaps on several at
   *     a time: to create it, not by this folder; then the request is sent once more. What it
   *     throws fails the operations.
   */
  Folder folder(String cache, Creation unknown);

  /**
   * Opens a stream of events at the host in use.
   *
   * @param path percent-encoded, with the query
   * @param lastId the id of the event to go on after, empty for none
   */
  Stream stream(String path, String lastId, Listener listener);

  /**
   * Has the listener told of every change of the host in use, until it is given to {@link
   * #unwatch}.
   */
  void watch(Runnable hostChanged);

  /** See {@link #watch}. */
  void unwatch(Runnable hostChanged);

  /** What is wrong with the way at present, in words; empty when nothing is. */
  List<String> problems();

  /** How each host is, in words, by its address. */
  java.util.Map<String, String> hosts();

  /** The caller needs it no more; the last one closes it. */
  void release();

  /** Creates a cache at the server, or says why it cannot. */
  @FunctionalInterface
  interface Creation {
    /** Until a time in ticks at most: those who need the cache wait no longer. */
    void create(long deadline);
  }

  /** Operations on one cache, many of them in one request where many come at once. */
  interface Folder {

    /** Does one. */
    CompletableFuture<Answer> ask(Op op);

    /** As {@link #ask}, waiting; the calling thread may carry the request, for others too. */
    Answer askAndWait(Op op);

    /**
     * Does many, in order, in as few requests as the server takes; an answer, or failure, for each.
     */
    List<CompletableFuture<Answer>> askAll(List<? extends Op> ops);
  }

  /** A stream that is open. */
  interface Stream {
    /**
     * Ends it; {@link Listener#ended} is not called any more once this has returned and no call is
     * under way.
     */
    void close();
  }

  /** Who reads a stream; called on one thread at a time, in order. */
  interface Listener {
    /** The server has taken the request. */
    void opened();

    /** An event came. */
    void event(String id, String name, String data);

    /** It is over; why in words. Nothing comes after this. */
    void ended(String why);
  }
}
