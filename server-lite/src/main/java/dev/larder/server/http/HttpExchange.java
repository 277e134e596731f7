package dev.larder.server.http;

import dev.larder.server.core.Contents;
import dev.larder.server.core.Database;
import dev.larder.spi.Bytes;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.net.SocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request of a {@link Conversation}. Until it is answered it belongs to one thread at a time: the
 * event loop, or the thread that works on it.
 */
final class HttpExchange implements Exchange {
  private static final byte[] NOTHING = {};

  private final Conversation conversation;
  private final HttpRequest head;
  private final String uri;
  private final int pathStart;
  private final int pathEnd;
  private final int[] bounds = new int[2 * Router.PARAMETERS];
  private final long began;
  private String[] names = {};
  private @Nullable Route route;
  private @Nullable Database database;
  private byte[] body = NOTHING;
  private @Nullable HttpHeaders answer;

  /** Who wants to hear that the client has gone, and whether it has. On the event loop only. */
  private @Nullable Runnable gone;

  private boolean lost;

  HttpExchange(Conversation conversation, HttpRequest head, long began) {
    this.conversation = conversation;
    this.head = head;
    this.began = began;
    this.uri = head.uri();
    this.pathStart = pathStart(uri);
    var mark = uri.indexOf('?', pathStart);
    this.pathEnd = mark < 0 ? uri.length() : mark;
  }

  /** Past scheme and host of a request in absolute form (RFC 9112, section 3.2.2). */
  private static int pathStart(String uri) {
    if (uri.startsWith("/")) {
      return 0;
    }
    var host = uri.startsWith("http://") ? 7 : uri.startsWith("https://") ? 8 : -1;
    var slash = host < 0 ? -1 : uri.indexOf('/', host);
    if (slash < 0) {
      throw new ProblemException(400, "invalid-target", "a path must begin with a slash");
    }
    return slash;
  }

  /** Finds the route; throws a {@link ProblemException} when there is none. */
  Route route(Router router) {
    var node = router.find(uri, pathStart, pathEnd, bounds);
    if (node == null) {
      throw new ProblemException(
          404, "no-such-path", "there is nothing at this path; /docs shows what there is");
    }
    var found = node.route(head.method().name());
    if (found == null) {
      with("allow", node.allowed());
      throw new ProblemException(
          405, "wrong-method", "this path knows the methods " + node.allowed());
    }
    names = node.names();
    route = found;
    return found;
  }

  HttpRequest head() {
    return head;
  }

  long began() {
    return began;
  }

  /** The name of the operation, for metrics. */
  String operation() {
    return route == null ? "none" : route.operation();
  }

  /** The route found. */
  Route route() {
    return Objects.requireNonNull(route);
  }

  void body(byte[] complete) {
    body = complete;
  }

  void database(Database found) {
    database = found;
  }

  @Override
  public String method() {
    return head.method().name();
  }

  @Override
  public String path() {
    return uri.substring(pathStart, pathEnd);
  }

  @Override
  public Bytes segment(String name) {
    var at = index(name);
    return new Bytes(Percent.decode(uri, bounds[at], bounds[at + 1], false));
  }

  @Override
  public String text(String name) {
    var at = index(name);
    return Percent.text(uri, bounds[at], bounds[at + 1], false, "the path segment '" + name + "'");
  }

  private int index(String name) {
    for (int index = 0; index < names.length; index++) {
      if (names[index].equals(name)) {
        return 2 * index;
      }
    }
    throw new IllegalArgumentException("the route has no segment '" + name + "'");
  }

  @Override
  public Optional<String> query(String name) {
    return pathEnd == uri.length()
        ? Optional.empty()
        : Optional.ofNullable(Query.first(uri, pathEnd + 1, name));
  }

  @Override
  public List<String> queries(String name) {
    return pathEnd == uri.length() ? List.of() : Query.all(uri, pathEnd + 1, name);
  }

  @Override
  public Optional<String> header(String name) {
    return Optional.ofNullable(head.headers().get(name));
  }

  @Override
  public byte[] body() {
    return body;
  }

  @Override
  public Database database() {
    if (database == null) {
      throw new IllegalStateException("the route " + operation() + " names no database");
    }
    return database;
  }

  @Override
  public SocketAddress peer() {
    return conversation.peer();
  }

  @Override
  public SocketAddress local() {
    return conversation.local();
  }

  @Override
  public Exchange with(String header, String value) {
    answerHeaders().set(header, value);
    return this;
  }

  /** The headers that the answer will have. */
  HttpHeaders answerHeaders() {
    var headers = answer;
    if (headers == null) {
      headers = Answers.headers();
      answer = headers;
    }
    return headers;
  }

  @Override
  public void answer(int status) {
    conversation.answer(this, Answers.full(status, head, answerHeaders(), NOTHING));
  }

  @Override
  public void answer(int status, String contentType, byte[] bytes) {
    var headers = answerHeaders().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    conversation.answer(this, Answers.full(status, head, headers, bytes));
  }

  @Override
  public void json(int status, @Nullable Object value) {
    answer(status, Contents.JSON, Json.bytes(value));
  }

  @Override
  public void fail(Throwable failure) {
    if (Problems.internal(failure)) {
      conversation.failed(this, failure);
    }
    conversation.answer(this, Answers.problem(Problems.of(failure), head, answerHeaders()));
  }

  @Override
  public void whenGone(Runnable callback) {
    conversation.attend(this, callback);
  }

  /** Will call back when the client goes. On the event loop. */
  void attend(Runnable callback) {
    gone = callback;
    if (lost) {
      lost();
    }
  }

  /** Whether somebody wants to hear that the client has gone. On the event loop. */
  boolean attended() {
    return gone != null;
  }

  /** The client has gone without an answer. On the event loop. */
  void lost() {
    lost = true;
    var callback = gone;
    gone = null;
    if (callback != null) {
      callback.run();
    }
  }

  @Override
  public Pieces stream(String contentType) {
    var headers = answerHeaders().set(HttpHeaderNames.CONTENT_TYPE, contentType);
    return conversation.stream(this, Answers.streamed(head, headers));
  }
}
