package dev.larder.server.resp;

import dev.larder.Clock;
import dev.larder.server.core.Access;
import dev.larder.server.core.Budget;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.core.Work;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.timeout.IdleStateHandler;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The Redis protocol over the databases of a server: what all its connections share, and {@link
 * #speaker what makes a connection one of them}. Safe for all threads.
 */
@Singleton
public final class RespServer {
  /**
   * Beyond the second figure waiting bytes stop the commands of a connection, below the first they
   * go on.
   */
  private static final WriteBufferWaterMark MARKS = new WriteBufferWaterMark(128 << 10, 256 << 10);

  private final Databases databases;
  private final Limits limits;
  private final Access access;
  private final Telemetry telemetry;
  private final Work work;
  private final Clock clock;
  private final Commands commands;
  private final Runner runner;
  private final Budget budget = Budget.ofHeap();
  private final Clients clients = new Clients();
  private final PubSub pubSub = new PubSub();
  private final Trackers trackers = new Trackers(clients, Trackers.MOST);
  private final KeyEvents events;
  private final Notices notices;
  private final long begun;

  /** Wires the protocol to what all protocols share. */
  @Inject
  public RespServer(
      Databases databases,
      Limits limits,
      Access access,
      Telemetry telemetry,
      Work work,
      Clock clock) {
    this.databases = databases;
    this.limits = limits;
    this.access = access;
    this.telemetry = telemetry;
    this.work = work;
    this.clock = clock;
    this.commands = new Commands(definitions());
    this.runner = new Runner(this);
    this.events = new KeyEvents(pubSub, databases);
    this.notices = new Notices(databases, trackers, events);
    this.begun = clock.ticks();
  }

  private static List<Definition> definitions() {
    var all = new ArrayList<Definition>();
    all.addAll(ConnectionCommands.definitions());
    all.addAll(ClientCommands.definitions());
    all.addAll(TrackingCommands.definitions());
    all.addAll(IntrospectionCommands.definitions());
    all.addAll(ServerCommands.definitions());
    all.addAll(ConfigCommands.definitions());
    all.addAll(TransactionCommands.definitions());
    all.addAll(PubSubCommands.definitions());
    all.addAll(ValueCommands.definitions());
    all.addAll(ManyCommands.definitions());
    all.addAll(NumberCommands.definitions());
    all.addAll(RangeCommands.definitions());
    all.addAll(KeyCommands.definitions());
    all.addAll(ExpiryCommands.definitions());
    all.addAll(ScanCommands.definitions());
    all.addAll(ObjectCommands.definitions());
    return all;
  }

  /**
   * Has a new connection speak the protocol; goes into the pipeline behind TLS, for any number of
   * connections. The user event {@link dev.larder.server.core.Phase#DRAINING} ends one in order.
   */
  public ChannelHandler speaker() {
    return new Speaker();
  }

  /** Puts into the pipeline what speaks the protocol. */
  @Sharable
  private final class Speaker extends ChannelInitializer<Channel> {
    @Override
    protected void initChannel(Channel channel) {
      telemetry.connection(Protocol.RESP, true);
      channel.closeFuture().addListener(closed -> telemetry.connection(Protocol.RESP, false));
      channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      channel.config().setWriteBufferWaterMark(MARKS);
      var idle = limits.idle().toMillis();
      if (idle > 0) {
        channel.pipeline().addLast(new IdleStateHandler(idle, 0, 0, TimeUnit.MILLISECONDS));
      }
      channel.pipeline().addLast(new RespHandler(RespServer.this));
    }
  }

  Databases databases() {
    return databases;
  }

  Limits limits() {
    return limits;
  }

  /** For requests that are coming in. */
  Budget budget() {
    return budget;
  }

  Access access() {
    return access;
  }

  Telemetry telemetry() {
    return telemetry;
  }

  Work work() {
    return work;
  }

  Clock clock() {
    return clock;
  }

  Commands commands() {
    return commands;
  }

  Runner runner() {
    return runner;
  }

  Clients clients() {
    return clients;
  }

  PubSub pubSub() {
    return pubSub;
  }

  Trackers trackers() {
    return trackers;
  }

  KeyEvents events() {
    return events;
  }

  Notices notices() {
    return notices;
  }

  /** For how many seconds it has been there. */
  long uptime() {
    return TimeUnit.NANOSECONDS.toSeconds(clock.ticks() - begun);
  }

  /** A connection has closed. */
  void forget(RespSession session) {
    clients.remove(session);
    pubSub.forget(session);
    session.watches().clear(session);
    if (session.tracking() != null) {
      trackers.remove(session);
      notices.refresh();
    }
  }
}
