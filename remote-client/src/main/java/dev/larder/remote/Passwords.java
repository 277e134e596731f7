package dev.larder.remote;

import dev.larder.ConfigurationException;
import dev.larder.StoreException;
import dev.larder.remote.RemoteOptions.Security;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.ServiceLoader;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What is shown to servers to be let in: {@code Bearer} (RFC 6750), or {@code Basic} (RFC 7617)
 * where a user is named. Safe for all threads.
 */
final class Passwords {
  /** A provider is not asked again sooner: a wrong password is no reason for a storm. */
  static final long PAUSE = TimeUnit.SECONDS.toNanos(1);

  private final String user;
  private final @Nullable Credentials provider;
  private @Nullable String shown;
  private long askedAt;

  private Passwords(String user, @Nullable Credentials provider, @Nullable String shown) {
    this.user = user;
    this.provider = provider;
    this.shown = shown;
  }

  /** As a description says. */
  static Passwords of(Security security, ClassLoader loader) {
    if (!security.credentials().isEmpty()) {
      return new Passwords(security.user(), named(security.credentials(), loader), null);
    }
    var password = security.password();
    return new Passwords(
        security.user(), null, password.isEmpty() ? null : header(security.user(), password));
  }

  private static Credentials named(String name, ClassLoader loader) {
    var known = new ArrayList<String>();
    for (var found : ServiceLoader.load(Credentials.class, loader)) {
      if (found.name().equals(name)) {
        return found;
      }
      known.add(found.name());
    }
    throw new ConfigurationException(
        RemoteOptions.CREDENTIALS
            + " is '"
            + name
            + "', but on the class path there is no dev.larder.remote.Credentials of that name;"
            + (known.isEmpty() ? " there is none at all" : " there are " + known));
  }

  /** The header to send; null for none. */
  synchronized @Nullable String header(long now) {
    if (shown == null && provider != null) {
      shown = ask(provider, now);
    }
    return shown;
  }

  /** A server refused what was shown: something else to show, null where there is nothing else. */
  synchronized @Nullable String instead(@Nullable String refused, long now) {
    if (provider == null) {
      return null;
    }
    if (shown == null || shown.equals(refused)) {
      if (shown != null && now - askedAt < PAUSE) {
        return null;
      }
      shown = ask(provider, now);
    }
    return shown.equals(refused) ? null : shown;
  }

  private String ask(Credentials asked, long now) {
    askedAt = now;
    String password;
    try {
      password = asked.password();
    } catch (RuntimeException e) {
      // Without what it says: that may be the password.
      throw new StoreException(
          "the credentials '" + asked.name() + "' failed with " + e.getClass().getName());
    }
    if (password == null || password.isEmpty()) {
      throw new StoreException("the credentials '" + asked.name() + "' gave no password");
    }
    return header(user, password);
  }

  private static String header(String user, String password) {
    for (var at = 0; user.isEmpty() && at < password.length(); at++) {
      if (password.charAt(at) <= ' ' || password.charAt(at) > '~') {
        // Not in a header as it is, RFC 9110, 5.5; Basic carries all of UTF-8.
        return header("default", password);
      }
    }
    if (user.isEmpty()) {
      return "Bearer " + password;
    }
    var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
    return "Basic " + Base64.getEncoder().encodeToString(pair);
  }

  /** Nothing of them. */
  @Override
  public String toString() {
    return "passwords";
  }
}
