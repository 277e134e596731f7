package dev.larder.server.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;

/** Makes answers. */
final class Answers {
  /** Names are our constants; values may be a client's words, so they are checked. */
  private static final DefaultHttpHeadersFactory HEADERS =
      DefaultHttpHeadersFactory.headersFactory().withNameValidation(false);

  private static final String BEARER = "Bearer realm=\"larder\"";
  private static final String BASIC = "Basic realm=\"larder\", charset=\"UTF-8\"";

  private Answers() {}

  /** No headers yet. */
  static HttpHeaders headers() {
    return HEADERS.newHeaders();
  }

  /** A whole answer; the headers become its own. */
  static FullHttpResponse full(int status, HttpRequest head, HttpHeaders headers, byte[] body) {
    if (status != 204 && status != 304) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
    }
    var none = body.length == 0 || HttpMethod.HEAD.equals(head.method());
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf(status),
        none ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body),
        headers,
        EmptyHttpHeaders.INSTANCE);
  }

  /** The headers alone, for HEAD. */
  static FullHttpResponse empty(HttpResponse response) {
    response.headers().remove(HttpHeaderNames.TRANSFER_ENCODING);
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        response.status(),
        Unpooled.EMPTY_BUFFER,
        response.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  /** The answer that tells of a problem. */
  static FullHttpResponse problem(ProblemException problem, HttpRequest head, HttpHeaders headers) {
    headers.set(HttpHeaderNames.CONTENT_TYPE, Problems.TYPE);
    if (problem.status() == 503) {
      headers.set(HttpHeaderNames.RETRY_AFTER, "1");
    } else if (problem.status() == 401) {
      headers.set(HttpHeaderNames.WWW_AUTHENTICATE, challenges(head));
    }
    return full(problem.status(), head, headers, Problems.body(problem));
  }

  /** A script in a browser asks for the password itself; Basic would have the browser ask. */
  private static List<String> challenges(HttpRequest head) {
    var mode = head.headers().get("sec-fetch-mode");
    return mode == null || mode.equals("navigate") ? List.of(BEARER, BASIC) : List.of(BEARER);
  }

  /** The beginning of an answer that comes in pieces. */
  static HttpResponse streamed(HttpRequest head, HttpHeaders headers) {
    var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, headers);
    if (!HttpVersion.HTTP_1_0.equals(head.protocolVersion())) {
      HttpUtil.setTransferEncodingChunked(response, true);
    }
    return response;
  }
}
