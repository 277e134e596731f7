package dev.larder.server.serve;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A key pair with a certificate that signs itself, made by the JDK's keytool for one test. */
record Keys(Path certificate, Path key, X509Certificate x509, KeyStore store) {
  /** Of the key store, in which nothing is secret. */
  static final String PASSWORD = "changeit";

  static Keys make(Path folder, String name, String algorithm) {
    try {
      var file = folder.resolve(name + ".p12");
      keytool(
          List.of(
              "-genkeypair",
              "-alias",
              name,
              "-keyalg",
              algorithm,
              "-dname",
              "CN=" + name,
              "-ext",
              "SAN=dns:localhost,ip:127.0.0.1",
              "-validity",
              "2",
              "-storetype",
              "PKCS12",
              "-storepass",
              PASSWORD,
              "-keystore",
              file.toString()));
      var store = KeyStore.getInstance("PKCS12");
      try (var in = Files.newInputStream(file)) {
        store.load(in, PASSWORD.toCharArray());
      }
      var x509 = (X509Certificate) store.getCertificate(name);
      var key = store.getKey(name, PASSWORD.toCharArray());
      return new Keys(
          pem(folder.resolve(name + ".crt"), "CERTIFICATE", x509.getEncoded()),
          pem(folder.resolve(name + ".key"), "PRIVATE KEY", key.getEncoded()),
          x509,
          store);
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Path pem(Path file, String what, byte[] bytes) throws IOException {
    var text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
    return Files.writeString(
        file,
        "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n",
        StandardCharsets.US_ASCII);
  }

  private static void keytool(List<String> arguments) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(arguments);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(1, TimeUnit.MINUTES) || process.exitValue() != 0) {
        throw new AssertionError("keytool failed: " + said);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
