package dev.larder.server.resp;

import org.jspecify.annotations.Nullable;

/**
 * Where a command writes its answer. What RESP3 has and RESP2 lacks is written as RESP2 clients
 * expect it: a map as a flat array, a boolean as 0 or 1, a double as a bulk string, a null as the
 * null bulk string.
 */
interface Reply {

  /** {@code +OK}. */
  void ok();

  /** A simple string. */
  void simple(String text);

  /** An error, its code first: {@code ERR syntax error}. Line breaks in it become spaces. */
  void error(String message);

  /** An integer. */
  void integer(long value);

  /** A bulk string; null for none. */
  void bulk(byte @Nullable [] bytes);

  /** A bulk string of ASCII or UTF-8 text. */
  void bulk(String text);

  /** No value. */
  void nil();

  /** The null array, which some commands answer instead of {@link #nil} to RESP2. */
  void nilArray();

  /** Begins an array; so many elements follow. */
  void array(int elements);

  /** Begins a map; so many pairs follow. */
  void map(int pairs);

  /** Begins a set; so many elements follow. */
  void set(int elements);

  /** A boolean. */
  void bool(boolean value);

  /** A double. */
  void number(double value);

  /** Text that is shown to people as it is (RESP3 verbatim string), a bulk string in RESP2. */
  void verbatim(String text);
}
