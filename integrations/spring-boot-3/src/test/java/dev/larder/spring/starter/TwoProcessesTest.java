package dev.larder.spring.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.tck.support.LarderServer;
import dev.larder.tck.support.PeerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two applications in processes of their own over a server in a third. */
@Timeout(240)
class TwoProcessesTest {
  private static final Path SERVER = Path.of(System.getProperty("larder.tck.server"));

  /** Forbidden: both compute, by {@code @Cacheable(sync = true)} or by {@code @CacheResult}. */
  @Test
  void oneProcessComputesForBoth() throws IOException, InterruptedException {
    try (var server = LarderServer.start(SERVER);
        var one = PeerProcess.start(ShopPeer.class, server.host());
        var other = PeerProcess.start(ShopPeer.class, server.host())) {
      one.hears("ready");
      other.hears("ready");
      for (var asked : new String[] {"only tea", "offer cake"}) {
        var article = asked.substring(asked.indexOf(' ') + 1);
        one.does(asked, "computing " + article);
        other.does(asked, "waits for " + article);
      }
      assertEquals(0, other.heard("computing "));
      one.tell("go");
      assertEquals(bothGotBy(one), bothGotBy(other));
      assertEquals(0, other.heard("computing "));
    }
  }

  /** In any order. */
  private static Set<String> bothGotBy(PeerProcess process) throws InterruptedException {
    var first = process.hears("got Price[");
    var second = process.hears("got Price[");
    return Set.of(first, second);
  }
}
