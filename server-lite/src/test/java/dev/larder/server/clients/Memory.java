package dev.larder.server.clients;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;

/**
 * What this process holds.
 *
 * @param heap objects that are still used, in bytes
 * @param buffers memory outside the heap that buffers in use take, in bytes
 */
record Memory(long heap, long buffers) {
  private static final int COLLECTIONS = 3;

  /** Collects first, more than once, since what ends in a collection frees more in the next. */
  static Memory now() {
    var heap = Long.MAX_VALUE;
    for (var collection = 0; collection < COLLECTIONS; collection++) {
      System.gc();
      heap = Math.min(heap, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    var netty = (ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT;
    var pooled = netty.metric().usedDirectMemory();
    var others =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    return new Memory(heap, pooled + others);
  }

  /** What there is more of than there was. */
  Memory since(Memory before) {
    return new Memory(heap - before.heap, buffers - before.buffers);
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "heap %,d bytes, buffers %,d bytes", heap, buffers);
  }
}
