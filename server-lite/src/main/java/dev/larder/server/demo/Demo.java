package dev.larder.server.demo;

import dev.larder.Clock;
import dev.larder.server.console.Progress;
import java.io.IOException;
import java.sql.SQLException;

/**
 * The demo without its command line: fills the shop, warms it up, replays the trace against it
 * alone and then through the cache.
 *
 * @param trace what is asked for
 * @param settings how
 * @param clock what the look-ups are measured with
 */
record Demo(Trace trace, Settings settings, Clock clock) {
  private static final int WARM_LOOKUPS = 100_000;

  /**
   * How the demo runs.
   *
   * @param rows the products in the database
   * @param entries the products that the cache may hold
   * @param passes how often the trace is replayed
   * @param disk whether the cache has all products in a file too, and so many in memory
   */
  record Settings(int rows, int entries, int passes, boolean disk) {}

  Report run(Progress progress) throws IOException, SQLException {
    try (var shop = open(progress);
        var cached = CachedShop.open("products", shop, settings)) {
      warm(shop, progress);
      var replay = new Replay(trace, settings.passes(), settings.rows(), clock);
      var plain = replayed(replay, "Without a cache", shop::find, progress);
      var before = shop.queries();
      var outcome = replayed(replay, "Through Larder", cached::find, progress);
      var queries = shop.queries() - before;
      var tiers = cached.tiers();
      var held = tiers.isEmpty() ? cached.size() : (int) tiers.get(0).size();
      return new Report(plain, outcome, queries, held, heapHeld(shop, cached), tiers);
    }
  }

  /**
   * What the heap is less by when the cache closes. The database goes first: this one runs in the
   * same process and shares the strings of its page cache with those who ask.
   */
  private static long heapHeld(Shop shop, CachedShop cached) throws IOException, SQLException {
    shop.close();
    var with = Heap.used();
    cached.close();
    return Math.max(0, with - Heap.used());
  }

  private Shop open(Progress progress) throws IOException, SQLException {
    try (var stage = progress.start("Filling the database", settings.rows())) {
      return Shop.open(settings.rows(), stage::at);
    }
  }

  /**
   * Both runs shall meet code and pages that are warm, or whichever comes first would look bad. So
   * the same is done before, in the same way, with a cache that is thrown away.
   */
  private void warm(Shop shop, Progress progress) throws IOException, SQLException {
    var enough = (WARM_LOOKUPS + trace.length() - 1) / trace.length();
    var replay = new Replay(trace, enough, settings.rows(), clock);
    try (var stage = progress.start("Warming up", 2L * replay.lookups());
        var cached = CachedShop.open("warm-up", shop, settings)) {
      replay.run(shop::find, stage);
      replay.run(cached::find, done -> stage.at(replay.lookups() + done));
    }
  }

  private static <X extends Exception> Replay.Outcome replayed(
      Replay replay, String what, Replay.Source<X> source, Progress progress) throws X {
    try (var stage = progress.start(what, replay.lookups())) {
      return replay.run(source, stage);
    }
  }
}
