package dev.larder.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;

/** Files of the class path, and how they are sent to browsers. */
final class Files {
  private Files() {}

  /** A resource beside this class, or from the root of the class path; empty when there is none. */
  static Optional<byte[]> read(String name) {
    try (var in = Files.class.getResourceAsStream(name)) {
      return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A resource that this jar has. */
  static byte[] own(String name) {
    return read(name)
        .orElseThrow(() -> new IllegalStateException(name + " is missing from this jar"));
  }

  /** A digest for a Content-Security-Policy, which tells versions apart, too. */
  static String digest(byte[] bytes) {
    try {
      var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return "sha256-" + Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  /**
   * Sends a file that browsers keep but ask about each time, which the answer 304 makes cheap:
   * after an update nobody sees the old one.
   */
  static void send(Exchange exchange, String contentType, byte[] file, String version) {
    var tag = '"' + version + '"';
    exchange
        .with("etag", tag)
        .with("cache-control", "no-cache")
        .with("x-content-type-options", "nosniff");
    var known = exchange.header("if-none-match").orElse("");
    if (known.contains(tag) || known.equals("*")) {
      exchange.answer(304);
    } else {
      exchange.answer(200, contentType, file);
    }
  }

  /** As {@link #send} for a page, which may load what the policy says and nothing else. */
  static void page(Exchange exchange, byte[] html, String policy) {
    exchange
        .with("content-security-policy", policy)
        .with("referrer-policy", "no-referrer")
        .with("x-frame-options", "DENY");
    send(exchange, "text/html; charset=utf-8", html, digest(html));
  }

  /** A resource as text. */
  static String text(String name) {
    return new String(own(name), StandardCharsets.UTF_8);
  }
}
