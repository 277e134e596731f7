package dev.larder.server.load;

/** What is stored: letters and digits, which every protocol carries as they are. */
final class Values {
  private static final int LETTERS = 36;

  private Values() {}

  /** So many bytes, the same at every call. */
  static byte[] bytes(int length) {
    var bytes = new byte[length];
    for (var at = 0; at < length; at++) {
      bytes[at] = (byte) Character.forDigit(at * 7 % LETTERS, LETTERS);
    }
    return bytes;
  }
}
