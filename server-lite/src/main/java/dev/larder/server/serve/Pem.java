package dev.larder.server.serve;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Reads certificates and keys (RFC 7468), and checks that they belong together. */
final class Pem {
  /** What the files have to be, for messages. */
  static final String ALLOWED =
      "a chain of X.509 certificates in PEM, the server's own first, and its private key in PEM"
          + " (PKCS 8, BEGIN PRIVATE KEY)";

  /** More than any chain. */
  private static final int LARGEST = 1 << 20;

  private static final Pattern KEY =
      Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");

  /** A chain and the key of its first certificate. */
  record Pair(PrivateKey key, List<X509Certificate> chain) {
    @Override
    public String toString() {
      return "the key of " + chain.get(0).getSubjectX500Principal();
    }
  }

  private Pem() {}

  /**
   * Reads both.
   *
   * @throws IOException naming the file that cannot be read or used, and why; never with a part of
   *     the key
   */
  static Pair read(Path certificate, Path key) throws IOException {
    var chain = certificates(certificate);
    var own = chain.get(0).getPublicKey();
    var found = KEY.matcher(new String(bytes(key), StandardCharsets.US_ASCII));
    if (!found.find()) {
      throw new IOException(key.toAbsolutePath() + " has no private key in PEM, PKCS 8");
    }
    try {
      var spec = new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(found.group(1)));
      var made = KeyFactory.getInstance(own.getAlgorithm()).generatePrivate(spec);
      if (!fit(made, own)) {
        throw new IOException(notOfOneAnother(certificate, key));
      }
      return new Pair(made, chain);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IOException(notOfOneAnother(certificate, key), e);
    }
  }

  private static String notOfOneAnother(Path certificate, Path key) {
    return "the key in "
        + key.toAbsolutePath()
        + " is not that of the certificate in "
        + certificate.toAbsolutePath();
  }

  /** All certificates of a file, at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    try {
      var all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(bytes(file)))
              .stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (all.isEmpty()) {
        throw new IOException(file.toAbsolutePath() + " has no certificate in PEM");
      }
      return all;
    } catch (CertificateException e) {
      throw new IOException(file.toAbsolutePath() + " has no certificate in PEM", e);
    }
  }

  private static byte[] bytes(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var bytes = in.readNBytes(LARGEST + 1);
      if (bytes.length > LARGEST) {
        throw new IOException(file.toAbsolutePath() + " is longer than 1 MiB");
      }
      return bytes;
    }
  }

  /** What the key signs, the certificate verifies. */
  private static boolean fit(PrivateKey key, PublicKey certified) throws GeneralSecurityException {
    var algorithm =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    var text = "larder".getBytes(StandardCharsets.US_ASCII);
    var signing = Signature.getInstance(algorithm);
    signing.initSign(key);
    signing.update(text);
    var verifying = Signature.getInstance(algorithm);
    verifying.initVerify(certified);
    verifying.update(text);
    return verifying.verify(signing.sign());
  }

  /** Why a file was refused, for messages. */
  static String reason(Exception refusal) {
    return refusal instanceof java.nio.file.NoSuchFileException missing
        ? "there is no file " + Path.of(missing.getFile()).toAbsolutePath()
        : String.valueOf(refusal.getMessage());
  }
}
