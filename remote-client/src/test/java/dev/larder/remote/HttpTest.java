package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

class HttpTest {
  /** Or a request longer than a segment waits some 40 ms for an acknowledgement that is delayed. */
  @Test
  void socketsOfRequestsAndStreamsSendWhatTheyAreGivenAtOnce() throws IOException {
    var loopback = InetAddress.getLoopbackAddress();
    try (var http = new Http(Way.options(Map.of("remote.hosts", "127.0.0.1:1")));
        var server = new ServerSocket(0, 8, loopback)) {
      for (var client : new OkHttpClient[] {http.requests(), http.streams()}) {
        try (var socket = client.socketFactory().createSocket()) {
          socket.connect(new InetSocketAddress(loopback, server.getLocalPort()));
          assertTrue(socket.getTcpNoDelay());
        }
      }
      var sockets = new Sockets();
      var port = server.getLocalPort();
      assertPrompt(sockets.createSocket(loopback, port), port);
      assertPrompt(sockets.createSocket(loopback, port, loopback, 0), port);
      assertPrompt(sockets.createSocket("127.0.0.1", port), port);
      assertPrompt(sockets.createSocket("127.0.0.1", port, loopback, 0), port);
    }
  }

  private static void assertPrompt(Socket connected, int port) throws IOException {
    try (connected) {
      assertEquals(port, connected.getPort());
      assertTrue(connected.getTcpNoDelay());
    }
  }
}
