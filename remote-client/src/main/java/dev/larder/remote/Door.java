package dev.larder.remote;

import dev.larder.Clock;
import dev.larder.remote.Failure.Kind;
import dev.larder.remote.Hosts.Host;
import okhttp3.HttpUrl;

/** How a host is asked: who we are is said, and what it answers is looked at. */
final class Door {
  private final Wire wire;
  private final Passwords passwords;
  private final Clock clock;

  Door(Wire wire, Passwords passwords, Clock clock) {
    this.wire = wire;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * Asks a host once; twice where the password has changed.
   *
   * @throws Failure when there is no answer, or one that says that the host does not do
   */
  Reply ask(Host host, HttpUrl url, Ask ask, long deadline) throws Failure {
    return checked(host, admitted(url, ask, deadline));
  }

  private Reply admitted(HttpUrl url, Ask ask, long deadline) throws Failure {
    var shown = passwords.header(clock.ticks());
    var reply = wire.exchange(url, ask, shown, deadline - clock.ticks());
    if (reply.status() != 401) {
      return reply;
    }
    var other = passwords.instead(shown, clock.ticks());
    return other == null ? reply : wire.exchange(url, ask, other, deadline - clock.ticks());
  }

  private static Reply checked(Host host, Reply reply) throws Failure {
    var status = reply.status();
    if (status < 500 && status != 401) {
      return reply;
    }
    var problem = Problem.of(reply);
    if (status == 401) {
      throw new Failure(
          Kind.REFUSED,
          false,
          host + ": it refuses the password; are remote.user and remote.password right?",
          null);
    }
    throw new Failure(
        Kind.BUSY,
        !problem.nothingDone(),
        host + ": it failed with " + status + " " + problem.word() + ": " + problem.detail(),
        null);
  }
}
