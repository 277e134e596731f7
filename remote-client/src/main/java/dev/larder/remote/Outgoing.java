package dev.larder.remote;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/**
 * The body of one request. It knows whether any of it was given away: of a request of which nothing
 * was, nothing was done. It is sent once: OkHttp repeats some requests by itself (a 503 with {@code
 * Retry-After: 0}), but none with such a body.
 */
final class Outgoing extends RequestBody {
  private final byte[] bytes;
  private final MediaType type;
  private volatile boolean begun;

  Outgoing(byte[] bytes, MediaType type) {
    this.bytes = bytes;
    this.type = type;
  }

  boolean begun() {
    return begun;
  }

  @Override
  public MediaType contentType() {
    return type;
  }

  @Override
  public long contentLength() {
    return bytes.length;
  }

  @Override
  public boolean isOneShot() {
    return true;
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    begun = true;
    sink.write(bytes);
  }
}
