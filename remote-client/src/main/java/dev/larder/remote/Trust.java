package dev.larder.remote;

import dev.larder.ConfigurationException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * Whom to believe that it is the server.
 *
 * @param manager judges certificates; names are compared by OkHttp
 */
record Trust(X509TrustManager manager) {

  /**
   * The certificates in a file (PEM, RFC 7468), in place of those of the runtime; those of the
   * runtime where none is named.
   */
  static Trust of(String file) {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(file.isEmpty() ? null : store(file));
      return new Trust(
          Arrays.stream(factory.getTrustManagers())
              .filter(X509TrustManager.class::isInstance)
              .map(X509TrustManager.class::cast)
              .findFirst()
              .orElseThrow());
    } catch (GeneralSecurityException | IOException | InvalidPathException e) {
      throw new ConfigurationException(
          RemoteOptions.TRUST + " is '" + file + "', which is no file of certificates (PEM): " + e,
          e);
    }
  }

  private static KeyStore store(String file) throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("trusted-" + store.size(), certificate);
      }
    }
    if (store.size() == 0) {
      throw new IOException("it has none");
    }
    return store;
  }

  void into(OkHttpClient.Builder builder) {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new X509TrustManager[] {manager}, null);
      builder.sslSocketFactory(context.getSocketFactory(), manager);
    } catch (GeneralSecurityException e) {
      throw new ConfigurationException("this runtime has no TLS", e);
    }
  }
}
