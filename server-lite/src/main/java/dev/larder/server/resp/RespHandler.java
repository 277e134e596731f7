package dev.larder.server.resp;

import dev.larder.server.core.BusyException;
import dev.larder.server.core.Telemetry.Protocol;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateEvent;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: takes bytes in, has the commands in them run one after the other, and writes the
 * answers in that order.
 *
 * <p>Commands run here, on the event loop, unless the database in use waits: then {@link
 * dev.larder.server.core.Work} runs them in one task at a time, and the connection is not read
 * meanwhile. Nor is it read while answers wait for the client to read them, so that a pipeline of
 * any length takes the memory of one read and one answer. Pushed messages wait likewise, but only
 * up to {@link dev.larder.server.core.Limits#outputBytes}; and while another thread works for the
 * connection, so that an invalidation never overtakes the answer that it is about.
 *
 * <p>All fields belong to the event loop; the waiting requests and the session are lent to the
 * working thread while the phase is {@link Phase#WORKING}. Longer than the house likes because the
 * phases are to be read in one place.
 */
final class RespHandler extends ChannelInboundHandlerAdapter {
  /** Answers of so many bytes are handed to the channel before more commands are run. */
  private static final int CHUNK = 256 << 10;

  /** After so many of them other connections of the event loop have their turn. */
  private static final int TURN = 4;

  /** How long a connection that is to be closed may still read its answers. */
  private static final int LINGER_SECONDS = 5;

  /** What a connection does at the moment. */
  private enum Phase {
    /** Runs commands as they come. */
    OPEN,
    /** Another thread runs its commands. */
    WORKING,
    /** Waits for an answer that comes later. */
    SUSPENDED,
    /** Writes what is left to write, runs nothing, and closes. */
    ENDING,
    /** Closed. */
    CLOSED
  }

  private final RespServer server;
  private final RespSession session;
  private final Intake intake;
  private final Mailbox mailbox;
  private final Outbox outbox = new Outbox();
  private @Nullable ChannelHandlerContext context;
  private Phase phase = Phase.OPEN;
  private @Nullable Consumer<RespReply> late;
  private long received;
  private boolean pumping;
  private boolean inputEnded;
  private boolean draining;
  private boolean yielded;
  private volatile boolean suspended;
  private volatile boolean ending;

  RespHandler(RespServer server) {
    this.server = server;
    this.intake = new Intake(server.commands(), server.limits(), server.budget());
    this.mailbox = new Mailbox(server.limits().outputBytes());
    this.session = new RespSession(server, this, server.clients().nextId());
    intake.stranger(!session.authenticated());
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return context;
  }

  Channel channel() {
    return context().channel();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    server.clients().add(session);
    if (!session.authenticated()) {
      var patience = server.limits().handshake().toMillis();
      var unused = added.executor().schedule(this::strangerLeft, patience, TimeUnit.MILLISECONDS);
    }
  }

  private void strangerLeft() {
    if (!session.authenticated()) {
      cut("handshake");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext inactive) {
    var working = phase == Phase.WORKING;
    phase = Phase.CLOSED;
    outbox.drop();
    intake.drop();
    if (!working) {
      server.forget(session);
    }
    inactive.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext reader, Object message) {
    var bytes = (ByteBuf) message;
    try {
      take(bytes);
    } finally {
      bytes.release();
    }
    pump();
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext reader) {
    reader.flush();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext changed) {
    if (changed.channel().isWritable()) {
      pumpAndFlush();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext told, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      inputEnded = true;
      pumpAndFlush();
    } else if (event instanceof IdleStateEvent && !session.listens()) {
      cut("idle");
    } else if (event == dev.larder.server.core.Phase.DRAINING) {
      draining = true;
      pumpAndFlush();
    }
    told.fireUserEventTriggered(event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext failed, Throwable cause) {
    if (cause instanceof Error || cause instanceof RuntimeException) {
      server.telemetry().failed(Protocol.RESP, "connection", cause);
    } else if (!(cause instanceof IOException)) {
      server.telemetry().refused(Protocol.RESP, "protocol");
    }
    var unused = failed.close();
  }

  private void take(ByteBuf bytes) {
    received += bytes.readableBytes();
    if (phase == Phase.ENDING || phase == Phase.CLOSED) {
      return;
    }
    var ready = phase == Phase.OPEN && !pumping && !yielded && outbox.isEmpty();
    if (!ready) {
      channel().config().setAutoRead(false);
    }
    intake.take(bytes, ready ? Bench.of(server).room() : null);
  }

  private void pumpAndFlush() {
    pump();
    context().flush();
  }

  /** Runs commands as long as there are any and their answers can be written. */
  private void pump() {
    if (pumping) {
      return;
    }
    pumping = true;
    yielded = false;
    if (phase == Phase.OPEN && outbox.drain(context())) {
      var bench = Bench.of(server);
      intake.begin();
      bench.begin(session);
      try {
        run(bench);
      } catch (ProtocolException e) {
        bench.reply().raw(e.answer());
        server.telemetry().refused(Protocol.RESP, "protocol");
        ending = true;
      } finally {
        intake.keep();
        bench.end();
      }
      bench.reply().flush(context().alloc(), outbox);
    }
    pumping = false;
    settle();
  }

  private void run(Bench bench) throws ProtocolException {
    if (late != null) {
      bench.reply().begin();
      late.accept(bench.reply());
      late = null;
    }
    mailbox.empty(bench.reply(), CHUNK);
    var chunks = 0;
    while (!ending && !suspended) {
      if (bench.reply().written() >= CHUNK && (!written(bench) || ++chunks == TURN)) {
        yielded = chunks == TURN;
        return;
      }
      var request = intake.next();
      if (request == null) {
        return;
      }
      if (!session.waits(request)) {
        server.runner().run(request, session, bench);
      } else if (!server.runner().atHand(request, session, bench) && handedOver(request, bench)) {
        return;
      }
    }
  }

  /** Hands answers to the channel; false when it takes no more. */
  private boolean written(Bench bench) {
    bench.reply().flush(context().alloc(), outbox);
    if (!outbox.drain(context()) || !channel().isWritable()) {
      context().flush();
    }
    return outbox.drain(context());
  }

  /** Has another thread run this and what else has come; false when all of them are busy. */
  private boolean handedOver(Request first, Bench bench) {
    intake.await(first);
    bench.end();
    phase = Phase.WORKING;
    try {
      server.work().execute(this::work);
      return true;
    } catch (BusyException e) {
      phase = Phase.OPEN;
      bench.begin(session);
      intake.awaited();
      server.runner().refuse(first, session, bench, e);
      return false;
    }
  }

  /** Runs the waiting requests on a thread that may wait. */
  private void work() {
    var done = new Outbox();
    var bench = Bench.of(server);
    bench.begin(session);
    try {
      while (!ending && !suspended && bench.reply().written() < CHUNK) {
        var request = intake.awaited();
        if (request == null) {
          break;
        }
        server.runner().run(request, session, bench);
      }
    } finally {
      bench.end();
      bench.reply().flush(context().alloc(), done);
      try {
        context().executor().execute(() -> worked(done));
      } catch (RejectedExecutionException e) {
        // The event loop has ended, and the connection with it.
        done.drop();
      }
    }
  }

  private void worked(Outbox done) {
    if (phase == Phase.CLOSED) {
      done.drop();
      server.forget(session);
      return;
    }
    outbox.addAll(done);
    phase = Phase.OPEN;
    if (suspended) {
      suspended = late == null;
      phase = suspended ? Phase.SUSPENDED : Phase.OPEN;
    }
    pumpAndFlush();
  }

  /** Writes what can be written, and reads on or closes, as things stand. */
  private void settle() {
    var drained = drained();
    server.telemetry().transferred(Protocol.RESP, received, outbox.written());
    received = 0;
    if (phase == Phase.OPEN && suspended) {
      phase = Phase.SUSPENDED;
    }
    if (phase == Phase.OPEN
        && drained
        && (inputEnded || draining)
        && !yielded
        && !intake.waiting()) {
      ending = true;
    }
    if (phase == Phase.OPEN && ending) {
      phase = Phase.ENDING;
      var unused = context().executor().schedule(this::close, LINGER_SECONDS, TimeUnit.SECONDS);
    }
    if (drained && yielded) {
      context().executor().execute(this::pumpAndFlush);
    }
    if (phase == Phase.ENDING && drained) {
      finish();
    } else if (phase == Phase.OPEN && channel().config().isAutoRead() != (drained && !yielded)) {
      channel().config().setAutoRead(drained && !yielded);
    }
  }

  /**
   * Writes until nothing is left or the channel takes no more, which it says later. A flush may say
   * so at once, in the middle of this: hence the guard, and another turn where there was one.
   */
  private boolean drained() {
    var done = outbox.drain(context());
    while (!done) {
      pumping = true;
      context().flush();
      pumping = false;
      if (!channel().isWritable()) {
        return false;
      }
      done = outbox.drain(context());
      yielded |= done;
    }
    return true;
  }

  /**
   * Closes once the last answer is out. What the client still sends is read and dropped until it
   * has seen the end: closing earlier would have its system throw the answer away.
   */
  private void finish() {
    var last = context().writeAndFlush(Unpooled.EMPTY_BUFFER);
    if (!inputEnded
        && channel() instanceof DuplexChannel duplex
        && channel().pipeline().get(SslHandler.class) == null) {
      last.addListener(done -> end(duplex));
      duplex.config().setAutoRead(true);
    } else {
      last.addListener(done -> close());
    }
  }

  private void close() {
    if (phase != Phase.CLOSED) {
      var unused = channel().close();
    }
  }

  private static void end(DuplexChannel duplex) {
    var unused = duplex.shutdownOutput();
  }

  /** Closes without another word, on any thread. */
  void cut(String why) {
    server.telemetry().refused(Protocol.RESP, why);
    var unused = channel().close();
  }

  /** See {@link RespSession#suspend}; on the thread that runs the session's commands. */
  void suspend() {
    suspended = true;
  }

  /** See {@link RespSession#resume}. */
  void resume(Consumer<RespReply> answer) {
    context()
        .executor()
        .execute(
            () -> {
              late = answer;
              if (phase == Phase.SUSPENDED) {
                suspended = false;
                phase = Phase.OPEN;
                pumpAndFlush();
              }
            });
  }

  /** See {@link RespSession#end}; on the thread that runs the session's commands. */
  void end() {
    ending = true;
  }

  /** Has a message pushed soon; on any thread. */
  void push(Push message) {
    switch (mailbox.put(message)) {
      case FIRST -> context().executor().execute(this::mail);
      case MORE -> {}
      case FULL -> cut("slow_reader");
    }
  }

  private void mail() {
    if (phase == Phase.OPEN) {
      pumpAndFlush();
    }
  }

  /** Whether the client has given the password, where one is wanted. */
  void authenticated(boolean yes) {
    intake.stranger(!yes);
  }
}
