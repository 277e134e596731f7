package dev.larder.server.resp;

import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import java.net.SocketAddress;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What one connection said and is in the middle of. Used by one thread at a time: its event loop,
 * or the thread that runs its commands meanwhile; what others look at is volatile.
 */
final class RespSession implements Session {

  /** Whether commands are answered. */
  enum Answers {
    /** They are. */
    ON,
    /** Not until further notice. */
    OFF,
    /** Not the next one. */
    SKIP_NEXT
  }

  private final RespServer server;
  private final RespHandler handler;
  private final long id;
  private final long created;
  private final Subscriptions subscriptions = new Subscriptions();
  private final Watches watches = new Watches();
  private volatile Database database;
  private volatile boolean resp3;
  private volatile boolean authenticated;
  private volatile String name = "";
  private volatile String library = "";
  private volatile String libraryVersion = "";
  private volatile @Nullable Known last;
  private volatile long active;
  private long commands;
  private volatile @Nullable Transaction transaction;
  private volatile @Nullable Tracking tracking;
  private volatile int subscribedChannels;
  private volatile int subscribedPatterns;
  private Answers answers = Answers.ON;
  private volatile boolean noEvict;
  private volatile boolean noTouch;
  private boolean plain;
  private @Nullable Known running;
  private @Nullable Request asking;

  RespSession(RespServer server, RespHandler handler, long id) {
    this.server = server;
    this.handler = handler;
    this.id = id;
    this.created = server.clock().ticks();
    this.active = created;
    this.database = server.databases().first();
    this.authenticated = !server.access().wanted();
    replan();
  }

  /** The session of a command of this package. */
  static RespSession of(Session session) {
    return (RespSession) session;
  }

  /** Works out whether commands have nothing to look at but themselves. */
  private void replan() {
    plain =
        authenticated
            && transaction == null
            && tracking == null
            && answers == Answers.ON
            && (resp3 || subscriptions.isEmpty());
  }

  /**
   * Whether nothing was said that changes how commands are run: not in a transaction, not
   * subscribed, no tracking, and the password given.
   */
  boolean plain() {
    return plain;
  }

  RespServer server() {
    return server;
  }

  RespHandler handler() {
    return handler;
  }

  /** Its number, never used again. */
  long id() {
    return id;
  }

  long created() {
    return created;
  }

  @Override
  public Database database() {
    return database;
  }

  void database(Database chosen) {
    database = chosen;
  }

  @Override
  public Databases databases() {
    return server.databases();
  }

  @Override
  public Limits limits() {
    return server.limits();
  }

  /** Where the client is. */
  SocketAddress remote() {
    return handler.channel().remoteAddress();
  }

  boolean resp3() {
    return resp3;
  }

  void resp3(boolean yes) {
    resp3 = yes;
    replan();
  }

  boolean authenticated() {
    return authenticated;
  }

  void authenticated(boolean yes) {
    authenticated = yes;
    handler.authenticated(yes);
    replan();
  }

  String name() {
    return name;
  }

  void name(String given) {
    name = given;
  }

  String library() {
    return library;
  }

  void library(String given) {
    library = given;
  }

  String libraryVersion() {
    return libraryVersion;
  }

  void libraryVersion(String given) {
    libraryVersion = given;
  }

  Answers answers() {
    return answers;
  }

  void answers(Answers chosen) {
    answers = chosen;
    replan();
  }

  boolean noEvict() {
    return noEvict;
  }

  void noEvict(boolean yes) {
    noEvict = yes;
  }

  boolean noTouch() {
    return noTouch;
  }

  void noTouch(boolean yes) {
    noTouch = yes;
  }

  /** The transaction that is being put together, null for none. */
  @Nullable Transaction transaction() {
    return transaction;
  }

  void transaction(@Nullable Transaction begun) {
    transaction = begun;
    replan();
  }

  /** The keys that must not change before a transaction. */
  Watches watches() {
    return watches;
  }

  /** How reads are remembered for this client, null where they are not. */
  @Nullable Tracking tracking() {
    return tracking;
  }

  void tracking(@Nullable Tracking chosen) {
    tracking = chosen;
    replan();
  }

  /** The channels and patterns that it listens to. */
  Subscriptions subscriptions() {
    return subscriptions;
  }

  /** Something was subscribed or unsubscribed. */
  void subscribed() {
    subscribedChannels = subscriptions.channels().size();
    subscribedPatterns = subscriptions.patterns().size();
    replan();
  }

  /** How many channels it listens to; for any thread. */
  int subscribedChannels() {
    return subscribedChannels;
  }

  /** How many patterns it listens to; for any thread. */
  int subscribedPatterns() {
    return subscribedPatterns;
  }

  /** Whether it listens to any channel or pattern; for any thread. */
  boolean listens() {
    return subscribedChannels + subscribedPatterns > 0;
  }

  /** The command that is run at the moment, or was run last. */
  @Nullable Known running() {
    return running;
  }

  /** What asked for it. */
  @Nullable Request asking() {
    return asking;
  }

  void running(Known known, Request request) {
    running = known;
    asking = request;
  }

  /** Whether a request has to be run by a thread that may wait. */
  boolean waits(Request request) {
    var known = request.known();
    if (known == null || (plain && !database.waits() && !known.everywhere())) {
      return false;
    }
    var begun = transaction;
    if (begun != null) {
      return known.definition().name().equals("exec") && begun.waits(this);
    }
    var meant = known.meant(request);
    return meant != null
        && (meant.everywhere()
            ? server.databases().all().stream().anyMatch(Database::waits)
            : meant.data() && database.waits());
  }

  /** So many commands were run until now. */
  void active(long now, int count) {
    active = now;
    commands += count;
    last = running;
    asking = null;
  }

  /** When it did something last, by {@link dev.larder.Clock#ticks}. */
  long active() {
    return active;
  }

  /** How many commands it ran. */
  long commands() {
    return commands;
  }

  /** The command that it ran last. */
  @Nullable Known last() {
    return last;
  }

  /**
   * Has no more commands run until {@link #resume} was called, for an answer that comes later. The
   * command that calls this writes no answer itself.
   */
  void suspend() {
    handler.suspend();
  }

  /** Writes the answer that was owed and goes on. On any thread, once for each {@link #suspend}. */
  void resume(Consumer<RespReply> answer) {
    handler.resume(answer);
  }

  /** Has the connection closed when what was answered so far is written. */
  void end() {
    handler.end();
  }

  /** Forgets everything that the client said. */
  void reset() {
    transaction = null;
    tracking = null;
    answers = Answers.ON;
    resp3 = false;
    noEvict = false;
    noTouch = false;
    name = "";
    database = server.databases().first();
    authenticated(!server.access().wanted());
  }
}
