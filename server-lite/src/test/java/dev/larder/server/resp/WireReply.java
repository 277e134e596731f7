package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

/** An answer as RESP2 puts it on the wire, one character a byte. */
final class WireReply implements Reply {
  private final StringBuilder wire = new StringBuilder();

  @Override
  public void ok() {
    simple("OK");
  }

  @Override
  public void simple(String text) {
    line('+', text);
  }

  @Override
  public void error(String message) {
    line('-', message.replace('\r', ' ').replace('\n', ' '));
  }

  @Override
  public void integer(long value) {
    line(':', Long.toString(value));
  }

  @Override
  public void bulk(byte @Nullable [] bytes) {
    if (bytes == null) {
      nil();
    } else {
      line('$', Integer.toString(bytes.length));
      wire.append(new String(bytes, ISO_8859_1)).append("\r\n");
    }
  }

  @Override
  public void bulk(String text) {
    bulk(text.getBytes(UTF_8));
  }

  @Override
  public void nil() {
    line('$', "-1");
  }

  @Override
  public void nilArray() {
    line('*', "-1");
  }

  @Override
  public void array(int elements) {
    line('*', Integer.toString(elements));
  }

  @Override
  public void map(int pairs) {
    array(2 * pairs);
  }

  @Override
  public void set(int elements) {
    array(elements);
  }

  @Override
  public void bool(boolean value) {
    integer(value ? 1 : 0);
  }

  @Override
  public void number(double value) {
    bulk(Double.toString(value));
  }

  @Override
  public void verbatim(String text) {
    bulk(text);
  }

  private void line(char kind, String text) {
    wire.append(kind).append(new String(text.getBytes(UTF_8), ISO_8859_1)).append("\r\n");
  }

  @Override
  public String toString() {
    return wire.toString();
  }
}
