package dev.larder.server.resp;

/** A command is refused; nothing was changed. The message is the error sent, its code first. */
final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1;

  static final String SYNTAX = "ERR syntax error";
  static final String NOT_AN_INTEGER = "ERR value is not an integer or out of range";
  static final String NOT_A_FLOAT = "ERR value is not a valid float";

  CommandException(String message) {
    super(message, null, false, false);
  }
}
