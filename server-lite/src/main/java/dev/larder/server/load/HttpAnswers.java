package dev.larder.server.load;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Turns HTTP responses into answers; bodies are not kept but for the beginning of one that refuses.
 * A batch that misses some says so in its body, which nobody looks at: only a single entry that is
 * not there is counted.
 */
final class HttpAnswers extends ChannelInboundHandlerAdapter {
  private static final int LONGEST_REFUSAL = 300;

  private final boolean mayMiss;
  private Answer answer = Answer.DONE;

  /**
   * Answers of one connection.
   *
   * @param mayMiss whether status 404 says that an entry is not there; else it is a refusal
   */
  HttpAnswers(boolean mayMiss) {
    this.mayMiss = mayMiss;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws IOException {
    try {
      if (message instanceof HttpObject part && part.decoderResult().isFailure()) {
        throw new IOException(
            "the server does not speak HTTP/1.1: " + part.decoderResult().cause().getMessage());
      }
      if (message instanceof HttpResponse response) {
        answer = judged(response.status());
      }
      if (message instanceof HttpContent content) {
        said(content);
      }
      if (message instanceof LastHttpContent) {
        ctx.fireChannelRead(answer);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private Answer judged(HttpResponseStatus status) {
    if (mayMiss && status.code() == 404) {
      return Answer.MISSING;
    }
    return status.code() < 400 ? Answer.DONE : new Answer(0, "status " + status.code());
  }

  private void said(HttpContent content) {
    if (answer.refused() && answer.refusal().length() < LONGEST_REFUSAL) {
      var body = content.content();
      var length = Math.min(LONGEST_REFUSAL, body.readableBytes());
      if (length > 0) {
        var text = body.toString(body.readerIndex(), length, StandardCharsets.UTF_8);
        answer = new Answer(0, answer.refusal() + " " + text);
      }
    }
  }
}
