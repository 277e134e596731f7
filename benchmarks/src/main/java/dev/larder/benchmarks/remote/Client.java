package dev.larder.benchmarks.remote;

import java.util.Locale;

/** Who is measured. */
enum Client {
  LARDER("Larder", Side.LARDER),
  PLAIN("OkHttp, unfolded", Side.LARDER),
  JEDIS("Jedis", Side.REDIS),
  LETTUCE("Lettuce", Side.REDIS),
  EMBEDDED("embedded", Side.LARDER),
  EMBEDDED_COUNTING("embedded, statistics", Side.LARDER),
  NEAR("near", Side.LARDER),
  NEAR_COUNTING("near, statistics", Side.LARDER),
  NEAR_COARSE("near, coarse clock", Side.LARDER);

  /** Which server it talks to. */
  enum Side {
    LARDER,
    REDIS
  }

  private final String title;
  private final Side side;

  Client(String title, Side side) {
    this.title = title;
    this.side = side;
  }

  String title() {
    return title;
  }

  Side side() {
    return side;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Connects it to the server at that port, for so many threads. */
  Subject connect(int port, int threads) {
    return switch (this) {
      case LARDER -> new LarderSubject(port);
      case PLAIN -> new PlainSubject(port, threads);
      case JEDIS -> new JedisSubject(port, threads);
      case LETTUCE -> new LettuceSubject(port);
      case EMBEDDED -> CopySubject.embedded(false);
      case EMBEDDED_COUNTING -> CopySubject.embedded(true);
      case NEAR -> CopySubject.near(port, false, "exact");
      case NEAR_COUNTING -> CopySubject.near(port, true, "exact");
      case NEAR_COARSE -> CopySubject.near(port, false, "coarse");
    };
  }
}
