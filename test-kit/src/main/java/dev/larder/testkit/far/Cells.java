package dev.larder.testkit.far;

import dev.larder.Bounds;
import dev.larder.spi.Bytes;
import dev.larder.spi.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The bytes of one cache, in order of use, with their sums. Lives on the owner's thread. */
final class Cells {

  /**
   * An entry as it is kept: bytes, its place in scans, and what has to be known without reading
   * them.
   */
  static final class Cell {
    private final byte[] envelope;
    private final long number;
    private final boolean own;
    private final int weight;

    private Cell(Envelope envelope, long number, boolean own) {
      this.envelope = envelope.encode();
      this.number = number;
      this.own = own;
      this.weight = envelope.payload().meta().weight();
    }

    private FarEntry entry() {
      return new FarEntry(Envelope.decode(envelope), own);
    }
  }

  private final LinkedHashMap<Bytes, Cell> byUse = new LinkedHashMap<>();
  private final TreeMap<Long, Bytes> byNumber = new TreeMap<>();
  private long numbers;
  private long weight;
  private long bytes;
  private long peak;

  @Nullable FarEntry get(Bytes key) {
    var cell = byUse.get(key);
    return cell == null ? null : cell.entry();
  }

  /** Writes the entry, as the one used last; a present one keeps its place in scans. */
  void put(Bytes key, Envelope envelope, boolean own) {
    var before = byUse.remove(key);
    var number = before == null ? ++numbers : before.number;
    if (before != null) {
      count(key, before, -1);
    }
    var cell = new Cell(envelope, number, own);
    byUse.put(key, cell);
    byNumber.put(number, key);
    count(key, cell, 1);
    peak = Math.max(peak, byUse.size());
  }

  void remove(Bytes key) {
    var cell = byUse.remove(key);
    if (cell != null) {
      byNumber.remove(cell.number);
      count(key, cell, -1);
    }
  }

  void used(Bytes key) {
    var cell = byUse.remove(key);
    if (cell != null) {
      byUse.put(key, cell);
    }
  }

  void clear() {
    byUse.clear();
    byNumber.clear();
    weight = 0;
    bytes = 0;
  }

  private void count(Bytes key, Cell cell, int sign) {
    weight += (long) sign * cell.weight;
    bytes += (long) sign * bytes(key, cell);
  }

  private static long bytes(Bytes key, Cell cell) {
    return (long) key.array().length + cell.envelope.length;
  }

  /** Whether the entry alone takes more than there is. */
  boolean tooLarge(Bytes key, Bounds bounds) {
    var cell = byUse.get(key);
    return cell != null
        && (bounds.entries() == 0
            || cell.weight > bounds.weight()
            || bytes(key, cell) > bounds.bytes());
  }

  /**
   * The key used longest ago that may leave and whose leaving brings the cache nearer to its
   * bounds; null when all is within them.
   */
  @Nullable Bytes excess(Bounds bounds, BiPredicate<Bytes, FarEntry> mayLeave) {
    var spacious = byUse.size() <= bounds.entries() && bytes <= bounds.bytes();
    if (spacious && weight <= bounds.weight()) {
      return null;
    }
    for (var each : byUse.entrySet()) {
      var helps = !spacious || each.getValue().weight > 0;
      if (helps && mayLeave.test(each.getKey(), each.getValue().entry())) {
        return each.getKey();
      }
    }
    return null;
  }

  /** The keys, the one used longest ago first. */
  List<Bytes> keys() {
    return new ArrayList<>(byUse.keySet());
  }

  /**
   * Up to so many keys with smaller numbers than that, the largest first; with their numbers, in
   * order.
   */
  Map<Long, Bytes> below(long number, int limit) {
    var page = new LinkedHashMap<Long, Bytes>();
    for (var each : byNumber.headMap(number, false).descendingMap().entrySet()) {
      if (page.size() == limit) {
        break;
      }
      page.put(each.getKey(), each.getValue());
    }
    return page;
  }

  /** A copy of these entries, to return to with {@link #restore}. */
  Map<Bytes, @Nullable Cell> save(Iterable<Bytes> keys) {
    var saved = new HashMap<Bytes, @Nullable Cell>();
    keys.forEach(key -> saved.put(key, byUse.get(key)));
    return saved;
  }

  void restore(Map<Bytes, @Nullable Cell> saved) {
    saved.forEach(
        (key, cell) -> {
          remove(key);
          if (cell != null) {
            byUse.put(key, cell);
            byNumber.put(cell.number, key);
            count(key, cell, 1);
          }
        });
  }

  int size() {
    return byUse.size();
  }

  long weight() {
    return weight;
  }

  long bytes() {
    return bytes;
  }

  long peak() {
    return peak;
  }
}
