package dev.larder.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.timeout.IdleStateHandler;
import java.util.concurrent.TimeUnit;

/** The pipelines of the versions of HTTP. */
final class Versions {
  /** So many requests of a connection of HTTP/2 may be under way. */
  static final int STREAMS = 100;

  /** So many streams a client may give up in so many seconds (CVE-2023-44487, rapid reset). */
  private static final int RESETS = 200;

  private static final int RESET_SECONDS = 30;

  /** So many answers to SETTINGS and PING may wait for a client that does not read them. */
  private static final int CONTROL_FRAMES = 1_000;

  /** A stream may send so much before it is read; the default of 64 KiB makes bodies crawl. */
  private static final int WINDOW = 1 << 20;

  private Versions() {}

  /** Has a connection speak HTTP/1.1. */
  static void one(ChannelPipeline pipeline, HttpLayer layer) {
    var decoder = new RequestDecoder(layer.limits());
    pipeline.addLast(decoder, new HttpResponseEncoder(), new Conversation(layer, decoder));
  }

  /** Has a connection speak HTTP/2. */
  static void two(ChannelPipeline pipeline, HttpLayer layer) {
    var frames = frames(layer);
    idle(pipeline, layer);
    pipeline.addLast(frames, streams(layer), new Http2Ending(frames, layer.telemetry()));
  }

  static void idle(ChannelPipeline pipeline, HttpLayer layer) {
    var idle = layer.limits().idle().toMillis();
    if (idle > 0) {
      pipeline.addLast(new IdleStateHandler(0, 0, idle, TimeUnit.MILLISECONDS));
    }
  }

  static Http2FrameCodec frames(HttpLayer layer) {
    var line = BadRequests.lineBytes(layer.limits());
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(STREAMS)
                .initialWindowSize(WINDOW)
                .maxHeaderListSize(line + BadRequests.HEADER_BYTES))
        .decoderEnforceMaxRstFramesPerWindow(RESETS, RESET_SECONDS)
        .encoderEnforceMaxQueuedControlFrames(CONTROL_FRAMES)
        .build();
  }

  static Http2MultiplexHandler streams(HttpLayer layer) {
    return new Http2MultiplexHandler(stream(layer));
  }

  private static ChannelHandler stream(HttpLayer layer) {
    return new ChannelInitializer<Channel>() {
      @Override
      protected void initChannel(Channel channel) {
        channel
            .pipeline()
            .addLast(new Http2StreamFrameToHttpObjectCodec(true), new Conversation(layer, null));
      }
    };
  }
}
