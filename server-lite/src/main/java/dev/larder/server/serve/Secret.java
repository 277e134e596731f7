package dev.larder.server.serve;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** A password that can be compared and not be read: only its digest is kept. */
public final class Secret {
  private final byte[] digest;

  private Secret(byte[] digest) {
    this.digest = digest;
  }

  /** Of a password as UTF-8. */
  public static Secret of(CharSequence password) {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(password));
    var copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return new Secret(digest(copy));
  }

  /** Whether that is the password; takes as long whatever is wrong with it. */
  boolean matches(byte[] password) {
    return MessageDigest.isEqual(digest, digest(password));
  }

  private static byte[] digest(byte[] password) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(password);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return "(a password)";
  }
}
