package dev.larder.server.http;

import dev.larder.server.core.Limits;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import org.jspecify.annotations.Nullable;

/** What is said of requests that are not even read. */
final class BadRequests {
  /** So many headers a request may have. */
  static final int HEADERS = 100;

  /** So many bytes all of them together may have. */
  static final int HEADER_BYTES = 16 << 10;

  /** Stands for the head of a request that never came to its end. */
  static final HttpRequest NOTHING =
      new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");

  private BadRequests() {}

  /** So long a request line may be: a key of which every byte is escaped, and a query. */
  static int lineBytes(Limits limits) {
    return 3 * limits.keyBytes() + (8 << 10);
  }

  /** Of a request that could not be decoded. */
  static ProblemException of(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return new ProblemException(
          414, "uri-too-long", "the request line is longer than this server reads");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return new ProblemException(
          431, "headers-too-long", "headers may have " + HEADER_BYTES + " bytes together");
    }
    return new ProblemException(
        400, "invalid-request", "this is not a valid HTTP request; this port speaks HTTP");
  }

  static ProblemException tooManyHeaders() {
    return new ProblemException(
        431, "too-many-headers", "a request may have " + HEADERS + " headers");
  }

  static ProblemException tooLong(Limits limits) {
    return new ProblemException(
        413, "body-too-long", "a body may have " + limits.requestBytes() + " bytes");
  }

  static ProblemException tooSlow() {
    return new ProblemException(408, "too-slow", "the request took too long to arrive");
  }
}
