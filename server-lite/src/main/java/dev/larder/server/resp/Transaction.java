package dev.larder.server.resp;

import dev.larder.server.core.Database;
import dev.larder.server.resp.Definition.Flag;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Commands between MULTI and EXEC. They are run alone in all databases that they select, so that
 * nobody sees or does anything in between; as in Redis one that fails does not undo the others.
 */
final class Transaction {
  static final String ABORTED = "EXECABORT Transaction discarded because of previous errors.";

  private final List<Request> requests = new ArrayList<>();
  private final List<Known> commands = new ArrayList<>();
  private final Set<Database> databases = new LinkedHashSet<>();
  private long bytes;
  private boolean spoiled;

  Transaction(Database first) {
    databases.add(first);
  }

  /** Whether a command waits for EXEC. */
  boolean queues(Known known) {
    return switch (known.definition().name()) {
      case "exec", "discard", "multi", "watch", "quit", "reset" -> false;
      default -> true;
    };
  }

  /** Has it wait; throws when it may not, or when too much waits. */
  void add(Request request, Known known, RespSession session) {
    if (known.has(Flag.NO_MULTI)) {
      spoiled = true;
      throw new CommandException("ERR Command not allowed inside a transaction");
    }
    bytes += request.bytes();
    if (requests.size() >= session.limits().batch() || bytes > session.limits().requestBytes()) {
      spoiled = true;
      throw new CommandException(
          "ERR a transaction has at most "
              + session.limits().batch()
              + " commands and "
              + session.limits().requestBytes()
              + " bytes");
    }
    if (known.definition().name().equals("select")) {
      var selected = ConnectionCommands.selected(request, session);
      if (selected != null) {
        databases.add(selected);
      }
    } else if (known.everywhere()) {
      databases.addAll(session.databases().all());
    }
    requests.add(request);
    commands.add(known);
  }

  /** Whether its commands, or keys that the session watches, are of a database that waits. */
  boolean waits(RespSession session) {
    return databases.stream().anyMatch(Database::waits)
        || session.watches().databases().stream().anyMatch(Database::waits);
  }

  /** A command was refused: it will not be run. */
  void spoil() {
    spoiled = true;
  }

  /** How many commands wait. */
  int size() {
    return requests.size();
  }

  /** Runs it, unless it is spoiled or a watched key has changed. */
  void exec(RespSession session, Bench bench, Runner runner) {
    if (spoiled) {
      session.watches().clear(session);
      bench.reply().error(ABORTED);
      return;
    }
    databases.addAll(session.watches().databases());
    bench.alone(databases, () -> execAlone(session, bench, runner));
  }

  private void execAlone(RespSession session, Bench bench, Runner runner) {
    var changed = session.watches().changed();
    session.watches().clear(session);
    if (changed) {
      bench.reply().nilArray();
      return;
    }
    bench.reply().array(requests.size());
    for (int at = 0; at < requests.size(); at++) {
      runner.performQueued(requests.get(at), commands.get(at), session, bench);
    }
  }
}
