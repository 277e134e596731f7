package dev.larder.server.resp;

/**
 * What a client sends is no request, or more than it may send; nothing that follows can be
 * understood, so the connection ends. The message is sent before, after its code.
 */
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1;

  ProtocolException(String message) {
    super(message, null, false, false);
  }
}
