package dev.larder.disk.crash;

import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Values that say themselves whose they are: each carries its key, its sequence and a checksum, so
 * that no mix-up of rows, versions or bytes can pass for right.
 */
final class Stamp {
  private static final int LONG = 20_000;

  private Stamp() {}

  static String text(String key, long sequence) {
    var body = key + "|" + sequence + "|" + filler(key, sequence);
    return body + "|" + Integer.toHexString(checksum(body));
  }

  /** The sequence of a text that must be one of this key. */
  static long sequence(String key, String text) {
    var end = text.lastIndexOf('|');
    var parts = text.split("\\|", 3);
    if (end < 0
        || parts.length < 3
        || !text.substring(end + 1).equals(Integer.toHexString(checksum(text.substring(0, end))))) {
      throw new AssertionError("key " + key + " has a value that nobody wrote: " + shown(text));
    }
    if (!parts[0].equals(key)) {
      throw new AssertionError("key " + key + " has a value of key " + parts[0]);
    }
    return Long.parseLong(parts[1]);
  }

  static byte[] bytes(String key, long sequence) {
    return text(key, sequence).getBytes(StandardCharsets.UTF_8);
  }

  static long sequence(String key, byte[] bytes) {
    return sequence(key, new String(bytes, StandardCharsets.UTF_8));
  }

  /** 40 bits of sequence, 24 of a checksum over key and sequence. */
  static long number(long key, long sequence) {
    return sequence << 24 | (checksum(key + "|" + sequence) & 0xffffff);
  }

  static long sequence(long key, long number) {
    var sequence = number >>> 24;
    if (number != number(key, sequence)) {
      throw new AssertionError("key " + key + " has a number that nobody wrote: " + number);
    }
    return sequence;
  }

  /** Mostly short, sometimes of several pages. */
  private static String filler(String key, long sequence) {
    var mix = Math.floorMod(key.hashCode() * 31L + sequence * 0x9E3779B9L, 1_000);
    var length = mix == 0 ? LONG : mix % 200;
    return String.valueOf((char) ('a' + mix % 26)).repeat(length);
  }

  private static int checksum(String body) {
    var crc = new CRC32C();
    crc.update(body.getBytes(StandardCharsets.UTF_8));
    return (int) crc.getValue();
  }

  private static String shown(String text) {
    return text.length() > 80 ? text.substring(0, 80) + "… of " + text.length() : text;
  }
}
