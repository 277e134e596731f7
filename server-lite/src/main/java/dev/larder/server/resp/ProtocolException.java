package dev.larder.server.resp;

/**
 * What a client sends is no request, or more than it may send; nothing that follows can be
 * understood, so the connection ends after it was told why.
 */
final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1;

  private static final String HTTP =
      "This port speaks the Redis protocol, not HTTP; HTTP has a port of its own.\n";

  private final String answer;

  /** An error in the words of Redis. */
  ProtocolException(String message) {
    this(message, "-ERR Protocol error: " + message.replace('\r', ' ').replace('\n', ' ') + "\r\n");
  }

  private ProtocolException(String message, String answer) {
    super(message, null, false, false);
    this.answer = answer;
  }

  /**
   * An HTTP request. As in Redis it ends the connection whatever else is in it, so that no web page
   * can have a browser send commands.
   */
  static ProtocolException http() {
    return new ProtocolException(
        "HTTP",
        "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nContent-Length: "
            + HTTP.length()
            + "\r\nConnection: close\r\n\r\n"
            + HTTP);
  }

  /** What the client is told, as it goes over the wire. */
  String answer() {
    return answer;
  }
}
