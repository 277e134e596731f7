package dev.larder.server.resp;

import dev.larder.server.resp.Definition.Flag;
import dev.larder.server.resp.Tracking.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code CLIENT TRACKING} and what belongs to it. */
final class TrackingCommands {
  /** Prefixes one client may have; every change is compared with each. */
  private static final int MOST_PREFIXES = 1_000;

  private TrackingCommands() {}

  static List<Definition> definitions() {
    return List.of(
        define("tracking", -3, TrackingCommands::tracking),
        define("trackinginfo", 2, TrackingCommands::info),
        define("caching", 3, TrackingCommands::caching),
        define("getredir", 2, TrackingCommands::redirect));
  }

  private static Definition define(String name, int arity, Command command) {
    return new Definition("client|" + name, arity, Set.of(Flag.FAST), 0, 0, 0, command);
  }

  /** The options of one CLIENT TRACKING. */
  private static final class Options {
    private final List<byte[]> prefixes = new ArrayList<>();
    private Mode mode = Mode.DEFAULT;
    private boolean in;
    private boolean out;
    private boolean noLoop;
    private long redirect;

    Options(Request request, RespSession session) {
      for (int at = 3; at < request.size(); at++) {
        var more = at + 1 < request.size();
        if (request.is(at, "redirect") && more) {
          redirect(request, ++at, session);
        } else if (request.is(at, "bcast")) {
          mode = Mode.BROADCAST;
        } else if (request.is(at, "optin")) {
          in = true;
        } else if (request.is(at, "optout")) {
          out = true;
        } else if (request.is(at, "noloop")) {
          noLoop = true;
        } else if (request.is(at, "prefix") && more) {
          prefixes.add(request.part(++at));
        } else {
          throw new CommandException(CommandException.SYNTAX);
        }
      }
    }

    private void redirect(Request request, int at, RespSession session) {
      if (redirect != 0) {
        throw new CommandException("ERR A client can only redirect to a single other client");
      }
      redirect = Arguments.integer(request, at);
      if (session.server().clients().find(redirect) == null) {
        throw new CommandException("ERR The client ID you want redirect to does not exist");
      }
    }

    Tracking checked(RespSession session) {
      var before = session.tracking();
      if (mode != Mode.BROADCAST && !prefixes.isEmpty()) {
        throw new CommandException("ERR PREFIX option requires BCAST mode to be enabled");
      }
      if (before != null && (before.mode() == Mode.BROADCAST) != (mode == Mode.BROADCAST)) {
        throw new CommandException(
            "ERR You can't switch BCAST mode on/off before disabling tracking for this client, and"
                + " then re-enabling it with a different mode.");
      }
      if (mode == Mode.BROADCAST && (in || out)) {
        throw new CommandException("ERR OPTIN and OPTOUT are not compatible with BCAST");
      }
      if (in && out) {
        throw new CommandException("ERR You can't specify both OPTIN mode and OPTOUT mode");
      }
      if (before != null
          && ((in && before.mode() == Mode.OPT_OUT) || (out && before.mode() == Mode.OPT_IN))) {
        throw new CommandException(
            "ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and"
                + " then re-enabling it with a different mode.");
      }
      if (in || out) {
        mode = in ? Mode.OPT_IN : Mode.OPT_OUT;
      }
      return new Tracking(
          mode, all(before == null ? List.of() : before.prefixes()), noLoop, redirect);
    }

    /** New prefixes come to those from before; none may begin with another. */
    private List<byte[]> all(List<byte[]> before) {
      var all = new ArrayList<>(before);
      for (int at = 0; at < prefixes.size(); at++) {
        check(prefixes.get(at), before, "an existing");
        check(prefixes.get(at), prefixes.subList(at + 1, prefixes.size()), "another provided");
      }
      all.addAll(prefixes);
      if (all.size() > MOST_PREFIXES) {
        throw new CommandException("ERR at most " + MOST_PREFIXES + " prefixes are allowed");
      }
      return all;
    }

    private static void check(byte[] prefix, List<byte[]> others, String which) {
      for (var other : others) {
        if (Tracking.begins(prefix, other) || Tracking.begins(other, prefix)) {
          throw new CommandException(
              "ERR Prefix '"
                  + text(prefix)
                  + "' overlaps with "
                  + which
                  + " prefix '"
                  + text(other)
                  + "'. Prefixes for a single client must not overlap.");
        }
      }
    }

    private static String text(byte[] bytes) {
      return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static void tracking(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    var server = mine.server();
    var options = new Options(request, mine);
    if (request.is(2, "on")) {
      var chosen = options.checked(mine);
      mine.tracking(chosen);
      server.trackers().add(mine, chosen);
    } else if (request.is(2, "off")) {
      mine.tracking(null);
      server.trackers().remove(mine);
    } else {
      throw new CommandException(CommandException.SYNTAX);
    }
    server.notices().refresh();
    reply.ok();
  }

  private static void caching(Request request, Session session, Reply reply) {
    var tracking = RespSession.of(session).tracking();
    if (tracking == null) {
      throw new CommandException(
          "ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or"
              + " OPTOUT mode enabled");
    }
    var yes = request.is(2, "yes");
    if (!yes && !request.is(2, "no")) {
      throw new CommandException(CommandException.SYNTAX);
    }
    if (tracking.mode() != (yes ? Mode.OPT_IN : Mode.OPT_OUT)) {
      throw new CommandException(
          yes
              ? "ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode."
              : "ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.");
    }
    tracking.caching(true);
    reply.ok();
  }

  private static void redirect(Request request, Session session, Reply reply) {
    var tracking = RespSession.of(session).tracking();
    reply.integer(tracking == null ? -1 : tracking.redirect());
  }

  private static void info(Request request, Session session, Reply reply) {
    var tracking = RespSession.of(session).tracking();
    var flags = tracking == null ? List.of("off") : flags(tracking);
    reply.map(3);
    reply.bulk("flags");
    reply.set(flags.size());
    flags.forEach(reply::bulk);
    reply.bulk("redirect");
    reply.integer(tracking == null ? -1 : tracking.redirect());
    reply.bulk("prefixes");
    var prefixes = tracking == null ? List.<byte[]>of() : tracking.prefixes();
    reply.array(prefixes.size());
    prefixes.forEach(reply::bulk);
  }

  private static List<String> flags(Tracking tracking) {
    var flags = new ArrayList<>(List.of("on"));
    switch (tracking.mode()) {
      case BROADCAST -> flags.add("bcast");
      case OPT_IN -> {
        flags.add("optin");
        if (tracking.caching()) {
          flags.add("caching-yes");
        }
      }
      case OPT_OUT -> {
        flags.add("optout");
        if (tracking.caching()) {
          flags.add("caching-no");
        }
      }
      case DEFAULT -> {}
    }
    if (tracking.noLoop()) {
      flags.add("noloop");
    }
    if (tracking.broken()) {
      flags.add("broken_redirect");
    }
    return flags;
  }
}
