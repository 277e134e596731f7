package dev.larder.server.http;

import dev.larder.server.core.Database;
import dev.larder.spi.Bytes;
import java.net.SocketAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer, whatever version of HTTP carries it. */
public interface Exchange {

  /** The method, in upper case. */
  String method();

  /** The path as it came, without the query. */
  String path();

  /** The segment of the path that a route calls so, percent-decoded: bytes, not text. */
  Bytes segment(String name);

  /** As {@link #segment} where it has to be UTF-8 text. */
  String text(String name);

  /** The first query parameter of that name. */
  Optional<String> query(String name);

  /** All query parameters of that name. */
  List<String> queries(String name);

  /** The first header of that name; case does not count. */
  Optional<String> header(String name);

  /**
   * The body, empty when there is none. Its array is the request's own; whoever stores it takes it.
   */
  byte[] body();

  /** The database that the route works on; throws {@link IllegalStateException} without one. */
  Database database();

  /** Who asks. */
  SocketAddress peer();

  /** Where the request came in. */
  SocketAddress local();

  /** Sets a header of the answer, before it is sent. */
  Exchange with(String header, String value);

  /** Answers without a body. */
  void answer(int status);

  /** Answers with a body, which must not be changed any more. */
  void answer(int status, String contentType, byte[] body);

  /** Answers with an object as JSON. */
  void json(int status, @Nullable Object body);

  /** Answers with what a handler would have thrown, for one that answers later. */
  void fail(Throwable failure);

  /**
   * Calls back once, on a thread that must not be kept waiting, if the client goes before it has
   * its answer: the connection closes or is half closed, the stream of HTTP/2 is reset, or the
   * answer cannot be written. At once if that has happened. To be said before anybody may answer,
   * by those who have a request wait; the connection is read meanwhile, to see its end.
   */
  void whenGone(Runnable gone);

  /** Answers with status 200 and a body that comes in pieces for as long as both sides stay. */
  Pieces stream(String contentType);

  /** A body that comes in pieces. Safe for all threads. */
  interface Pieces {
    /**
     * Sends a piece, or says that it would have to be kept for a client that does not read: then it
     * is not sent, and {@code ready} is called once when there is room.
     */
    boolean send(byte[] piece, Runnable ready);

    /** Calls back once when the client has gone, or at once if it has. */
    void onClose(Runnable gone);

    /** Ends the body. */
    void end();
  }
}
