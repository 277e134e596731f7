package dev.larder.server.resp;

import org.jspecify.annotations.Nullable;

/** Whom {@code CLIENT KILL} means. */
final class ClientKill {
  private boolean notMe = true;
  private long id;
  private @Nullable String address;
  private @Nullable String local;
  private @Nullable Boolean listens;
  private boolean nobody;

  private ClientKill() {}

  /** The one at that address. */
  static ClientKill byAddress(String address) {
    var kill = new ClientKill();
    kill.address = address;
    kill.notMe = false;
    return kill;
  }

  /** Those that meet all filters of the request. */
  static ClientKill filtered(Request request) {
    if (request.size() % 2 != 0) {
      throw new CommandException(CommandException.SYNTAX);
    }
    var kill = new ClientKill();
    for (int at = 2; at < request.size(); at += 2) {
      kill.add(request, at);
    }
    return kill;
  }

  private void add(Request request, int at) {
    var value = request.text(at + 1);
    if (request.is(at, "id")) {
      id = number(value);
    } else if (request.is(at, "addr")) {
      address = value;
    } else if (request.is(at, "laddr")) {
      local = value;
    } else if (request.is(at, "type")) {
      type(request, at + 1);
    } else if (request.is(at, "user")) {
      nobody |= !value.equals("default");
    } else if (request.is(at, "skipme")) {
      notMe = yes(request, at + 1);
    } else {
      throw new CommandException(CommandException.SYNTAX);
    }
  }

  private static long number(String text) {
    try {
      var number = Long.parseLong(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new CommandException("ERR client-id should be greater than 0");
    }
    throw new CommandException("ERR client-id should be greater than 0");
  }

  private void type(Request request, int at) {
    if (request.is(at, "normal")) {
      listens = false;
    } else if (request.is(at, "pubsub")) {
      listens = true;
    } else if (request.is(at, "master") || request.is(at, "replica") || request.is(at, "slave")) {
      nobody = true;
    } else {
      throw new CommandException("ERR Unknown client type '" + request.text(at) + "'");
    }
  }

  private static boolean yes(Request request, int at) {
    if (request.is(at, "yes")) {
      return true;
    }
    if (request.is(at, "no")) {
      return false;
    }
    throw new CommandException(CommandException.SYNTAX);
  }

  boolean meets(RespSession client, RespSession me) {
    return !nobody
        && !(notMe && client == me)
        && (id == 0 || client.id() == id)
        && (listens == null || client.listens() == listens)
        && (address == null || address.equals(ClientLine.address(client.remote())))
        && (local == null
            || local.equals(ClientLine.address(client.handler().channel().localAddress())));
  }
}
