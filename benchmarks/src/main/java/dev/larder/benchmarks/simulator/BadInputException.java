package dev.larder.benchmarks.simulator;

/**
 * Input that the simulator cannot use. The message says what is wrong with it and what is allowed.
 */
final class BadInputException extends Exception {
  private static final long serialVersionUID = 1L;

  BadInputException(String message) {
    super(message);
  }

  BadInputException(String message, Throwable cause) {
    super(message, cause);
  }
}
