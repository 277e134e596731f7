package dev.larder.server.resp;

import dev.larder.CacheException;
import dev.larder.server.core.BusyException;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.resp.Definition.Flag;
import dev.larder.server.resp.RespSession.Answers;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Runs one request after the checks that Redis makes before any command, in its order. */
final class Runner {
  static final String NO_AUTH = "NOAUTH Authentication required.";

  /** So much of the arguments of an unknown command is said back, as in Redis. */
  private static final int ECHOED = 128;

  private final RespServer server;
  private final int longestKey;
  private final LongAdder performed = new LongAdder();
  private final @Nullable Known get;
  private final @Nullable Known exec;

  Runner(RespServer server) {
    this.server = server;
    this.longestKey = server.limits().keyBytes();
    this.get = server.commands().find("get");
    this.exec = server.commands().find("exec");
  }

  /** Runs it and writes its answer, whatever happens. */
  void run(Request request, RespSession session, Bench bench) {
    var reply = bench.reply();
    reply.begin();
    var known = request.known();
    try {
      if (known != null && session.plain() && known.plain() && known.takes(request.size())) {
        if (known.data()) {
          bench.enter(session.database());
        }
        session.running(known, request);
        known.definition().command().run(request, session, reply);
      } else {
        known = checked(request, known, session, bench);
      }
    } catch (RuntimeException e) {
      reply.rollback();
      reply.error(said(known, e));
    }
    if (known == null) {
      bench.tally().countUnknown();
    } else {
      bench.tally().count(known.id());
    }
  }

  /** What a client is told of a command that threw; what is not its fault is reported. */
  private String said(@Nullable Known known, RuntimeException failure) {
    var message = String.valueOf(failure.getMessage());
    if (failure instanceof CommandException) {
      return message;
    }
    if (failure instanceof BusyException) {
      return "BUSY " + message;
    }
    if (failure instanceof IllegalArgumentException) {
      return "ERR " + message;
    }
    var name = known == null ? "unknown" : known.definition().name();
    server.telemetry().failed(Protocol.RESP, name, failure);
    return failure instanceof CacheException || failure instanceof IllegalStateException
        ? "ERR " + message
        : "ERR the server failed at this command: " + failure.getClass().getSimpleName();
  }

  /** The long way: whatever is not plain. Gives the command that it was. */
  private @Nullable Known checked(
      Request request, @Nullable Known named, RespSession session, Bench bench) {
    var reply = bench.reply();
    var answers = session.answers();
    var known = named == null ? null : named.meant(request);
    if (known != null) {
      session.running(known, request);
    }
    try {
      var refusal = refusal(request, named, known, session);
      if (refusal != null) {
        spoil(session, known);
        reply.error(refusal);
      } else if (known != null) {
        call(request, known, session, bench);
      }
    } finally {
      hush(answers, known, session, reply);
    }
    return known;
  }

  /** Takes the answer back where the client wants none; what is about answers has its own way. */
  private static void hush(
      Answers before, @Nullable Known known, RespSession session, RespReply reply) {
    var aboutIt = known != null && known.definition().name().equals("client|reply");
    if (session.answers() == Answers.OFF || (before == Answers.SKIP_NEXT && !aboutIt)) {
      reply.rollback();
    }
    if (before == Answers.SKIP_NEXT && !aboutIt) {
      session.answers(Answers.ON);
    }
  }

  /** A command that was refused while a transaction is put together spoils it. */
  private static void spoil(RespSession session, @Nullable Known known) {
    var transaction = session.transaction();
    if (transaction != null && (known == null || !known.has(Flag.NO_MULTI))) {
      transaction.spoil();
    }
  }

  /** Why a request is not run, null when it is. */
  private static @Nullable String refusal(
      Request request, @Nullable Known named, @Nullable Known known, RespSession session) {
    if (named == null) {
      return unknown(request);
    }
    if (known == null) {
      return "ERR unknown subcommand '"
          + cut(request.text(1))
          + "'. Try "
          + named.definition().name().toUpperCase(java.util.Locale.ROOT)
          + " HELP.";
    }
    if (!known.takes(request.size())) {
      return "ERR wrong number of arguments for '" + known.definition().name() + "' command";
    }
    if (!session.authenticated() && !known.has(Flag.NO_AUTH)) {
      return NO_AUTH;
    }
    if (!session.resp3() && !session.subscriptions().isEmpty() && !known.has(Flag.PUBSUB)) {
      return "ERR Can't execute '"
          + known.definition().name()
          + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
          + " context";
    }
    return null;
  }

  private static String unknown(Request request) {
    var text = new StringBuilder("ERR unknown command '").append(cut(request.text(0)));
    text.append("', with args beginning with: ");
    var begun = text.length();
    for (int at = 1; at < request.size() && text.length() - begun < ECHOED; at++) {
      var word = request.text(at);
      var room = ECHOED - (text.length() - begun);
      text.append('\'').append(word, 0, Math.min(word.length(), room)).append("' ");
    }
    return text.toString();
  }

  private static String cut(String word) {
    return word.substring(0, Math.min(word.length(), ECHOED));
  }

  private void call(Request request, Known known, RespSession session, Bench bench) {
    var transaction = session.transaction();
    if (transaction != null && transaction.queues(known)) {
      transaction.add(request, known, session);
      bench.reply().simple("QUEUED");
    } else if (known == exec && transaction != null) {
      session.transaction(null);
      transaction.exec(session, bench, this);
    } else if (known.has(Flag.ALONE)) {
      bench.alone(databases(known, session), () -> perform(request, known, session, bench));
    } else {
      if (known.data()) {
        bench.enter(session.database());
      }
      perform(request, known, session, bench);
    }
    var tracking = session.tracking();
    if (tracking != null) {
      tracking.after(known, session);
    }
  }

  private List<dev.larder.server.core.Database> databases(Known known, RespSession session) {
    return known.everywhere() ? server.databases().all() : List.of(session.database());
  }

  /** Runs a command that was checked, inside the gate already where it needs one. */
  void perform(Request request, Known known, RespSession session, Bench bench) {
    session.running(known, request);
    var tracking = session.tracking();
    if (tracking != null) {
      tracking.before(known, request, session);
    }
    known.definition().command().run(request, session, bench.reply());
  }

  /** As {@link #run} for a command inside a transaction, the checks made before. */
  void performQueued(Request request, Known known, RespSession session, Bench bench) {
    bench.reply().begin();
    try {
      perform(request, known, session, bench);
    } catch (RuntimeException e) {
      bench.reply().rollback();
      bench.reply().error(said(known, e));
    }
    bench.tally().count(known.id());
  }

  /**
   * Answers a read of a database that waits with what is at hand in memory; false, with nothing
   * done, when it is not at hand.
   */
  boolean atHand(Request request, RespSession session, Bench bench) {
    if (request.known() != get
        || request.size() != 2
        || !session.plain()
        || request.part(1).length > longestKey
        || !bench.tryEnter(session.database())) {
      return false;
    }
    var entry = session.database().atHand(request.key(1));
    var value = entry == null ? null : entry.value();
    if (value == null || get == null) {
      return false;
    }
    bench.reply().begin();
    bench.reply().bulk(value.array());
    session.running(get, request);
    bench.tally().count(get.id());
    return true;
  }

  /** How many commands were run, about. */
  long performed() {
    return performed.sum();
  }

  /** Counts a batch of commands. */
  void performed(int count) {
    performed.add(count);
  }

  /** Says that a command was not begun because too much waits already. */
  void refuse(Request request, RespSession session, Bench bench, BusyException why) {
    var transaction = session.transaction();
    if (transaction != null) {
      session.transaction(null);
      session.watches().clear(session);
    }
    bench.reply().begin();
    bench.reply().error("BUSY " + why.getMessage());
    server.telemetry().refused(Protocol.RESP, "busy");
    var known = request.known();
    bench.tally().count(known == null ? server.commands().all().size() : known.id());
  }
}
