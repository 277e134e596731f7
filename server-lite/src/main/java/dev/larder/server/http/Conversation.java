package dev.larder.server.http;

import dev.larder.server.core.Phase;
import dev.larder.server.core.Telemetry.Protocol;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one connection of HTTP/1.1, or the one of a stream of HTTP/2: reads them, has
 * their routes do them, and sends the answers in order.
 *
 * <p>One request at a time. While one waits for a store, a password check, or a client that does
 * not read, what the client sent after it stays in line here, which is no more than one read from
 * the socket since reading stops meanwhile. Everything happens on the event loop of the connection
 * but {@link #answer}, {@link #stream} and {@link #failed}.
 *
 * <p>Longer than the house likes because every transition between the states is here; what a state
 * does (bodies, answers, patience, routes) has classes of its own.
 */
final class Conversation extends ChannelInboundHandlerAdapter implements Patience.Client {
  /** A refused body that is announced no longer than this is read to its end, to go on after it. */
  private static final int WORTH_READING = 64 << 10;

  /** So many messages may come after a request that is answered without end. */
  private static final int WAITING = 16;

  private enum State {
    /** A request may begin. */
    READY,
    /** Whether a password is right is being found out. */
    CHECKING,
    /** The body of a request comes in. */
    BODY,
    /** The body of a request that was answered already comes in. */
    DISCARDING,
    /** A request is being done. */
    DOING,
    /** An answer goes out in pieces. */
    STREAMING,
    /** Nothing more is read. */
    CLOSING
  }

  private final HttpLayer layer;
  private final Deque<HttpObject> waiting = new ArrayDeque<>();
  private ChannelHandlerContext ctx;
  private Outbox out;
  private State state = State.READY;
  private @Nullable HttpExchange current;
  private @Nullable Stream stream;
  private final Body body;
  private final @Nullable RequestDecoder decoder;
  private boolean lastOfStream;
  private boolean reading;
  private boolean accepting;
  private boolean inputEnded;
  private boolean admitted;
  private int messages;
  private int requests;
  private @Nullable Patience patience;

  @SuppressWarnings("NullAway.Init") // the context comes with handlerAdded, before everything else
  Conversation(HttpLayer layer, @Nullable RequestDecoder decoder) {
    this.layer = layer;
    this.decoder = decoder;
    this.body = new Body(layer.limits().requestBytes(), layer.budget());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    out = new Outbox(ctx, multiplexed());
    patience = new Patience(ctx, this, layer.limits());
    if (!multiplexed()) {
      patience.look();
    }
  }

  /** Whether this is a stream of HTTP/2. */
  private boolean multiplexed() {
    return decoder == null;
  }

  /** Whether the head of a request has come in part. */
  private boolean begun() {
    return decoder != null && decoder.begun();
  }

  SocketAddress peer() {
    return ctx.channel().remoteAddress();
  }

  SocketAddress local() {
    return ctx.channel().localAddress();
  }

  // Reading

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    reading = true;
    messages++;
    if (state == State.CLOSING || !(message instanceof HttpObject part)) {
      ReferenceCountUtil.release(message);
    } else if (waiting.size() == WAITING && state == State.STREAMING) {
      // It is read on, to see it close; nobody needs that much after an answer without end.
      ReferenceCountUtil.release(message);
      cut("pipelined");
    } else if (busy() || !waiting.isEmpty()) {
      waiting.add(part);
      if (waiting.size() == WAITING) {
        // Not only once the reads of this turn are done, which may be many.
        ctx.channel().config().setAutoRead(false);
      }
    } else {
      accept(part);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    proceed();
    if (begun() || state == State.BODY || !out.writable()) {
      Objects.requireNonNull(patience).look();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    out.drain();
    if (out.writable()) {
      if (stream != null) {
        stream.wake();
      }
      proceed();
    }
  }

  /** Whether the next message has to wait. */
  private boolean busy() {
    return switch (state) {
      case CHECKING, DOING, STREAMING -> true;
      case READY -> !out.writable();
      case BODY, DISCARDING, CLOSING -> false;
    };
  }

  /** Goes on with what is in line as far as that is possible now, then with reading. */
  private void proceed() {
    if (accepting || reading) {
      return;
    }
    while (!waiting.isEmpty() && !busy()) {
      accept(waiting.remove());
    }
    out.flush();
    if (!out.writable()) {
      Objects.requireNonNull(patience).look();
    }
    var read = !busy() || state == State.STREAMING || attended();
    if (ctx.channel().config().isAutoRead() != read) {
      ctx.channel().config().setAutoRead(read);
    }
    if (inputEnded && state == State.READY && waiting.isEmpty() && !multiplexed()) {
      close();
    }
  }

  /**
   * Whether the request being done wants to hear that its client has gone: only who reads sees a
   * connection close. A client that sends much behind such a request is not seen, as it is not
   * read.
   */
  private boolean attended() {
    return state == State.DOING
        && current != null
        && current.attended()
        && waiting.size() < WAITING;
  }

  private void accept(HttpObject part) {
    accepting = true;
    try {
      if (part instanceof HttpRequest request) {
        begin(request);
      }
      if (part instanceof FullHttpRequest) {
        // Of HTTP/2, without a body: its end is what else it says.
        waiting.addFirst(LastHttpContent.EMPTY_LAST_CONTENT);
      } else if (part instanceof HttpContent content) {
        content(content);
      }
    } finally {
      accepting = false;
      ReferenceCountUtil.release(part);
    }
  }

  private void begin(HttpRequest request) {
    if (state != State.READY) {
      return;
    }
    requests++;
    if (request.decoderResult().isFailure()) {
      refuse(request, BadRequests.of(request.decoderResult().cause()));
      return;
    }
    try {
      var exchange = new HttpExchange(this, request, layer.clock().ticks());
      current = exchange;
      admit(exchange, exchange.route(layer.router()));
    } catch (ProblemException e) {
      refuse(request, e);
    }
  }

  private void admit(HttpExchange exchange, Route route) {
    if (exchange.head().headers().size() > BadRequests.HEADERS) {
      throw BadRequests.tooManyHeaders();
    }
    if (route.open() || !layer.access().wanted()) {
      admitted |= !route.open();
      receive(exchange);
      return;
    }
    var credentials = Credentials.of(exchange.head().headers());
    state = State.CHECKING;
    layer
        .access()
        .check(
            credentials.user(),
            credentials.password(),
            peer(),
            right -> out.run(() -> checked(exchange, right)));
  }

  private void checked(HttpExchange exchange, boolean right) {
    if (state != State.CHECKING) {
      return;
    }
    if (right) {
      admitted = true;
      receive(exchange);
    } else {
      refuse(exchange.head(), Credentials.wrong());
    }
    proceed();
  }

  private void receive(HttpExchange exchange) {
    var head = exchange.head();
    var announced = HttpUtil.getContentLength(head, 0L);
    if (announced > layer.limits().requestBytes()) {
      refuse(head, BadRequests.tooLong(layer.limits()));
      return;
    }
    state = State.BODY;
    if (HttpUtil.is100ContinueExpected(head)) {
      out.goAhead();
    }
  }

  private void content(HttpContent content) {
    var last = content instanceof LastHttpContent;
    if (state == State.BODY) {
      collect(content, last);
    } else if (state == State.DISCARDING && last) {
      state = State.READY;
    }
  }

  private void collect(HttpContent content, boolean last) {
    var exchange = Objects.requireNonNull(current);
    if (content.decoderResult().isFailure()) {
      refuse(exchange.head(), BadRequests.of(content.decoderResult().cause()));
      return;
    }
    try {
      body.add(content.content(), last);
    } catch (ProblemException e) {
      refuse(exchange.head(), e);
      return;
    }
    if (last) {
      exchange.body(body.take());
      state = State.DOING;
      Doing.start(exchange, exchange.route(), layer);
    }
  }

  /** Calls back when the client of a request goes. Any thread. */
  void attend(HttpExchange exchange, Runnable gone) {
    out.run(
        () -> {
          exchange.attend(gone);
          if (inputEnded) {
            exchange.lost();
          } else if (multiplexed() && current == exchange) {
            Http2Ending.lasting(ctx.channel());
          }
          proceed();
        });
  }

  /** The client of the request being done has gone, or will not read the answer. */
  private void lost() {
    if (current != null) {
      current.lost();
    }
  }

  // Answering

  /** Sends the answer to a request; a second one is dropped. Any thread. */
  void answer(HttpExchange exchange, FullHttpResponse response) {
    if (ctx.executor().inEventLoop()) {
      send(exchange, response);
    } else if (!out.run(() -> send(exchange, response))) {
      response.release();
    }
  }

  private void send(HttpExchange exchange, FullHttpResponse response) {
    if (current != exchange || state != State.DOING) {
      response.release();
      return;
    }
    finish(exchange);
    write(exchange.head(), response, exchange.attended() ? exchange::lost : null);
    proceed();
  }

  private void finish(HttpExchange exchange) {
    current = null;
    state = State.READY;
    var nanos = layer.clock().ticks() - exchange.began();
    layer.telemetry().operations(Protocol.HTTP, exchange.operation(), 1, nanos);
  }

  /** Something failed on our side. Any thread. */
  void failed(HttpExchange exchange, Throwable failure) {
    layer.telemetry().failed(Protocol.HTTP, exchange.operation(), failure);
  }

  /**
   * Answers before the request was read to its end. What is left of it is read and dropped if that
   * is little, else the connection ends.
   */
  private void refuse(HttpRequest head, ProblemException problem) {
    refuse(head, problem, state != State.BODY && !multiplexed() && worthReading(head));
  }

  private void refuse(HttpRequest head, ProblemException problem, boolean goOn) {
    var headers = current == null ? Answers.headers() : current.answerHeaders();
    var response = Answers.problem(problem, head, headers);
    current = null;
    body.drop();
    state = State.DISCARDING;
    if (goOn) {
      write(head, response, null);
    } else {
      layer.telemetry().refused(Protocol.HTTP, problem.code());
      state = State.CLOSING;
      drop();
      out.refuse(response, this);
    }
  }

  private static boolean worthReading(HttpRequest head) {
    return head.decoderResult().isSuccess()
        && !HttpUtil.isTransferEncodingChunked(head)
        && !HttpUtil.is100ContinueExpected(head)
        && HttpUtil.getContentLength(head, 0L) <= WORTH_READING;
  }

  private void write(HttpRequest head, FullHttpResponse response, @Nullable Runnable lost) {
    if (HttpUtil.isKeepAlive(head) && !layer.ending().getAsBoolean()) {
      out.write(head, response, lost);
    } else {
      state = State.CLOSING;
      out.writeLast(response, lost);
    }
  }

  /** Answers with a body in pieces. Any thread. */
  Stream stream(HttpExchange exchange, HttpResponse response) {
    var opened = new Stream(this, ctx);
    out.run(() -> open(exchange, response, opened));
    return opened;
  }

  private void open(HttpExchange exchange, HttpResponse response, Stream opened) {
    if (current != exchange || state != State.DOING) {
      return;
    }
    finish(exchange);
    if (HttpMethod.HEAD.equals(exchange.head().method())) {
      write(exchange.head(), Answers.empty(response), null);
    } else {
      out.begin(response);
      state = State.STREAMING;
      stream = opened;
      if (multiplexed()) {
        Http2Ending.lasting(ctx.channel());
      }
      lastOfStream =
          !HttpUtil.isKeepAlive(exchange.head()) || !HttpUtil.isTransferEncodingChunked(response);
    }
    proceed();
  }

  /** Whether that body still goes out. On the event loop. */
  boolean streams(Stream going) {
    return stream == going;
  }

  /** A body in pieces is complete. On the event loop. */
  void ended(Stream ending) {
    if (stream != ending) {
      return;
    }
    stream = null;
    state = lastOfStream ? State.CLOSING : State.READY;
    out.end(lastOfStream);
    proceed();
  }

  // Ending

  private void close() {
    state = State.CLOSING;
    out.close();
  }

  private void cut(String why) {
    layer.telemetry().refused(Protocol.HTTP, why);
    state = State.CLOSING;
    drop();
    out.cut();
  }

  private void drop() {
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  // Patience

  @Override
  public Patience.Doing doing() {
    if (!out.writable()) {
      return Patience.Doing.READING;
    }
    if (state == State.CLOSING) {
      return Patience.Doing.WAITING;
    }
    return switch (state) {
      case BODY, DISCARDING -> Patience.Doing.SENDING;
      case READY -> readyFor();
      case CHECKING, DOING, STREAMING, CLOSING -> Patience.Doing.WAITING;
    };
  }

  /** Who needs a password and has not shown it is not to stay long. */
  private Patience.Doing readyFor() {
    var owesPassword = layer.access().wanted() && !admitted && !multiplexed();
    return begun() || owesPassword ? Patience.Doing.SENDING : Patience.Doing.NOTHING;
  }

  /** A request has so long as a whole, however its pieces come. */
  @Override
  public long progress() {
    return switch (doing()) {
      case READING -> out.unread();
      case NOTHING -> messages;
      case SENDING -> requests;
      case WAITING -> 0;
    };
  }

  @Override
  public int sent() {
    return body.length();
  }

  @Override
  public void tooSlow(Patience.Doing at) {
    if (at == Patience.Doing.SENDING && (begun() || state == State.BODY)) {
      var head = current == null ? BadRequests.NOTHING : current.head();
      refuse(head, BadRequests.tooSlow(), false);
    } else {
      cut("too-slow");
    }
  }

  // Events

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    state = State.CLOSING;
    var left = current;
    current = null;
    body.drop();
    drop();
    out.drop();
    if (left != null) {
      left.lost();
    }
    if (stream != null) {
      stream.wake();
      stream = null;
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE) {
      inputEnded = true;
      lost();
      if (state == State.BODY || state == State.DISCARDING || state == State.CLOSING) {
        close();
      } else {
        proceed();
      }
    } else if (event instanceof Http2ResetFrame) {
      lost();
    } else if (event == Phase.DRAINING) {
      drain();
    }
  }

  /** A request under way is still answered; an answer without end is ended. */
  private void drain() {
    if (stream != null) {
      lastOfStream = true;
      ended(stream);
    } else if (state == State.READY && waiting.isEmpty() && !multiplexed()) {
      close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof IOException || cause instanceof CodecException) {
      // A reset by the client, a failed record of TLS: nobody is left to tell.
      cut("broken");
    } else {
      layer.telemetry().failed(Protocol.HTTP, "connection", cause);
      cut("failed");
    }
  }
}
