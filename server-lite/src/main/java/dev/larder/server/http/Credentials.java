package dev.larder.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** What a client shows to be let in: {@code Bearer} (RFC 6750) or {@code Basic} (RFC 7617). */
final class Credentials {
  private static final String BEARER = "Bearer ";
  private static final String BASIC = "Basic ";

  private final @Nullable String user;
  private final byte[] password;

  private Credentials(@Nullable String user, byte[] password) {
    this.user = user;
    this.password = password;
  }

  /** The user named, null for none. */
  @Nullable String user() {
    return user;
  }

  /** The password shown. */
  byte[] password() {
    return password;
  }

  /** Those of a request; a {@link ProblemException} when it has none. */
  static Credentials of(HttpHeaders headers) {
    var shown = headers.get(HttpHeaderNames.AUTHORIZATION);
    if (shown == null) {
      throw new ProblemException(
          401,
          "password-required",
          "send the password as 'Authorization: Bearer <password>', or by Basic as user 'default'");
    }
    if (shown.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return new Credentials(null, bytes(shown.substring(BEARER.length()).trim()));
    }
    if (shown.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
      return basic(shown.substring(BASIC.length()).trim());
    }
    throw new ProblemException(
        401, "wrong-scheme", "this server knows the schemes Bearer and Basic");
  }

  private static Credentials basic(String encoded) {
    String decoded;
    try {
      decoded = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(401, "invalid-credentials", "Basic needs valid base64");
    }
    var colon = decoded.indexOf(':');
    if (colon < 0) {
      throw new ProblemException(
          401, "invalid-credentials", "Basic needs user and password with a colon between");
    }
    var user = decoded.substring(0, colon);
    return new Credentials(
        user.isEmpty() ? null : user,
        decoded.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
  }

  /** Header values come as Latin-1, so a password beyond ASCII is the bytes that were sent. */
  private static byte[] bytes(String value) {
    return value.getBytes(StandardCharsets.ISO_8859_1);
  }

  static ProblemException wrong() {
    return new ProblemException(401, "wrong-password", "the user or the password is wrong");
  }
}
