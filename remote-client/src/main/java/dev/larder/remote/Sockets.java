package dev.larder.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.SocketFactory;

/**
 * Sockets that send what they are given at once (RFC 9293, 3.7.4). With Nagle's algorithm the last
 * part of a request longer than a segment waits until the server has acknowledged the parts before,
 * which it delays by some 40 ms: a hundred times what a putAll of a hundred values takes.
 */
final class Sockets extends SocketFactory {
  private final SocketFactory system = SocketFactory.getDefault();

  @Override
  public Socket createSocket() throws IOException {
    return prompt(system.createSocket());
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    return prompt(system.createSocket(host, port));
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress from, int fromPort)
      throws IOException {
    return prompt(system.createSocket(host, port, from, fromPort));
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    return prompt(system.createSocket(host, port));
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress from, int fromPort)
      throws IOException {
    return prompt(system.createSocket(host, port, from, fromPort));
  }

  private static Socket prompt(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    return socket;
  }
}
