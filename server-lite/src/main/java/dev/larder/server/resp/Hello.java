package dev.larder.server.resp;

import org.jspecify.annotations.Nullable;

/** One HELLO: which protocol, and perhaps a password and a name besides. */
final class Hello {
  private final RespSession session;
  private final @Nullable Boolean resp3;
  private @Nullable String user;
  private byte @Nullable [] password;
  private @Nullable String name;

  Hello(Request request, RespSession session) {
    this.session = session;
    this.resp3 = protocol(request);
    int at = 2;
    while (at < request.size()) {
      if (request.is(at, "auth") && at + 2 < request.size()) {
        user = request.text(at + 1);
        password = request.part(at + 2);
        at += 3;
      } else if (request.is(at, "setname") && at + 1 < request.size()) {
        name = ConnectionCommands.name(request, at + 1);
        at += 2;
      } else {
        throw new CommandException("ERR Syntax error in HELLO option '" + request.text(at) + "'");
      }
    }
  }

  private static @Nullable Boolean protocol(Request request) {
    if (request.size() == 1) {
      return null;
    }
    try {
      return switch (Integer.parseInt(request.text(1))) {
        case 2 -> false;
        case 3 -> true;
        default -> throw new CommandException("NOPROTO unsupported protocol version");
      };
    } catch (NumberFormatException e) {
      throw new CommandException("ERR Protocol version is not an integer or out of range");
    }
  }

  void answer(Reply reply) {
    if (password != null) {
      ConnectionCommands.check(user, password, session, this::apply, this::welcome);
      return;
    }
    if (!session.authenticated()) {
      throw new CommandException(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
              + " <proto> AUTH <user> <pass> option can be used to authenticate the client and"
              + " select the RESP protocol version at the same time");
    }
    apply();
    welcome((RespReply) reply);
  }

  private void apply() {
    if (name != null) {
      session.name(name);
    }
    if (resp3 != null) {
      session.resp3(resp3);
    }
  }

  private void welcome(RespReply reply) {
    reply.protocol(session.resp3());
    reply.map(7);
    reply.bulk("server");
    reply.bulk("redis");
    reply.bulk("version");
    reply.bulk(Info.REDIS_VERSION);
    reply.bulk("proto");
    reply.integer(session.resp3() ? 3 : 2);
    reply.bulk("id");
    reply.integer(session.id());
    reply.bulk("mode");
    reply.bulk("standalone");
    reply.bulk("role");
    reply.bulk("master");
    reply.bulk("modules");
    reply.array(0);
  }
}
