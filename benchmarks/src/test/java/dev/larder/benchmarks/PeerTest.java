package dev.larder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerTest {
  private static final Setup SMALL = new Setup(64, 1_000, Setup.Expiry.NONE, false, false);

  @ParameterizedTest
  @EnumSource
  void peerKeepsWhatIsPutInEverySetupThatItHas(Peer peer) {
    for (var setup : Case.setups()) {
      if (!setup.readThrough() && peer.supports(setup)) {
        try (var cache = peer.create(setup.ofSize(64, 1_000))) {
          cache.put(7L, 70L);
          cache.put(8L, 80L);
          cache.put(7L, 71L);
          assertEquals(71L, cache.get(7L));
          assertEquals(80L, cache.get(8L));
          assertNull(cache.get(9L));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void peerLoadsWhatIsMissingWhereItReadsThrough(Peer peer) {
    var setup = new Setup(64, 100, Setup.Expiry.NONE, false, true);
    if (peer.supports(setup)) {
      try (var cache = peer.create(setup)) {
        assertEquals(5L, cache.get(5L));
      }
    } else {
      assertThrows(IllegalArgumentException.class, () -> peer.create(setup));
    }
  }

  /** A provider that does not count would win the row of statistics. */
  @ParameterizedTest
  @EnumSource(names = "JCACHE_.*", mode = EnumSource.Mode.MATCH_ALL)
  void providersCountWhereStatisticsAreOn(Peer peer) throws JMException {
    try (var cache = peer.create(SMALL.withStatistics())) {
      cache.put(1L, 1L);
      for (var i = 0; i < 5; i++) {
        assertEquals(1L, cache.get(1L));
      }
      var server = ManagementFactory.getPlatformMBeanServer();
      var beans = server.queryNames(new ObjectName("javax.cache:type=CacheStatistics,*"), null);
      assertEquals(1, beans.size());
      assertEquals(5L, server.getAttribute(beans.iterator().next(), "CacheHits"));
    }
  }

  @Test
  void workloadsDoWhatTheySayAlsoAroundTheEndOfTheKeys() {
    var keys = new Long[] {1L, 2L, 3L, 4L};
    try (var cache = Peer.MAP.create(SMALL)) {
      assertEquals(6, Workload.OVERWRITE.run(cache, keys, 3, 6));
      assertEquals(1L, cache.get(4L)); // each key gets the next as its value
      assertEquals(2L, cache.get(1L));
      assertEquals(1 + 2 + 3 + 4 + 1, Workload.READ.run(cache, keys, 3, 5));
      cache.put(4L, 100L);
      assertEquals(2 + 3 + 4 + 2, Workload.MIX.run(cache, keys, 0, 5));
      assertEquals(1L, cache.get(4L));
    }
  }
}
