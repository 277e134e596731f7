package dev.larder.disk.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process has begun and what it was told is done, in a mapped file: what was stored there
 * outlives a SIGKILL. Each thread has a region of its own. A record counts from when its start is
 * set, and is acknowledged from when its end is set; both are readings of one monotonic clock, and
 * are stored last.
 *
 * <pre>
 * head   0 beat (ticks)   8 beat (wall clock, ms)   16 longest pause between beats (ns)
 * record 0 number   4 kind   8 sequence   16 start   24 end   32 life (ms), 0 for ever
 * </pre>
 */
final class Acknowledgements {
  static final int THREADS = 6;

  /** What a record says. */
  enum Kind {
    /** The key was found with this sequence when the process began; 0 for absent. */
    SEEN,
    PUT,
    REMOVE,
    CLEAR,
    /** Puts of the keys of a group; the others of the group are removed. */
    BATCH,
    COUNT
  }

  /**
   * One operation; {@code end} is 0 when it was not acknowledged.
   *
   * @param mask of a batch: which keys of the group were put
   */
  record Operation(
      int number, Kind kind, int mask, long sequence, long start, long end, long life) {
    boolean acknowledged() {
      return end != 0;
    }
  }

  private static final VarHandle LONGS =
      MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final List<Kind> KINDS = List.of(Kind.values());
  private static final int HEAD = 4_096;
  private static final int RECORD = 40;
  private static final int CAPACITY = 150_000;

  private final ByteBuffer map;
  private final int[] used = new int[THREADS];

  private Acknowledgements(ByteBuffer map) {
    this.map = map.order(ByteOrder.nativeOrder());
  }

  static Acknowledgements at(Path file) {
    try (var channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var length = HEAD + (long) THREADS * CAPACITY * RECORD;
      return new Acknowledgements(channel.map(FileChannel.MapMode.READ_WRITE, 0, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A sign of life; the pause since the one before tells how long the process was not let run. */
  void beat() {
    var now = System.nanoTime();
    var last = lastBeat();
    if (last != 0 && now - last > longestPause()) {
      LONGS.setRelease(map, 16, now - last);
    }
    LONGS.setRelease(map, 8, System.currentTimeMillis());
    LONGS.setRelease(map, 0, now);
  }

  long lastBeat() {
    return (long) LONGS.getAcquire(map, 0);
  }

  long lastBeatWall() {
    return (long) LONGS.getAcquire(map, 8);
  }

  long longestPause() {
    return (long) LONGS.getAcquire(map, 16);
  }

  boolean full(int thread) {
    return used[thread] == CAPACITY;
  }

  /** Says that an operation begins, and returns its record for {@link #end}. Only that thread. */
  int begin(int thread, int number, Kind kind, int mask, long sequence, long life) {
    var at = at(thread, used[thread]++);
    map.putInt(at, number);
    map.putInt(at + 4, KINDS.indexOf(kind) | mask << 8);
    map.putLong(at + 8, sequence);
    map.putLong(at + 32, life);
    LONGS.setRelease(map, at + 16, System.nanoTime());
    return at;
  }

  /** Says that it is acknowledged. */
  void end(int record) {
    LONGS.setRelease(map, record + 24, System.nanoTime());
  }

  /** As {@link #end}, for an operation whose sequence is its result. */
  void end(int record, long sequence) {
    map.putLong(record + 8, sequence);
    end(record);
  }

  /** What a thread did, in order. */
  List<Operation> of(int thread) {
    var found = new ArrayList<Operation>();
    for (int i = 0; i < CAPACITY; i++) {
      var at = at(thread, i);
      var start = (long) LONGS.getAcquire(map, at + 16);
      if (start == 0) {
        break;
      }
      var end = (long) LONGS.getAcquire(map, at + 24);
      var kind = map.getInt(at + 4);
      found.add(
          new Operation(
              map.getInt(at),
              KINDS.get(kind & 0xff),
              kind >> 8,
              map.getLong(at + 8),
              start,
              end,
              map.getLong(at + 32)));
    }
    return found;
  }

  private static int at(int thread, int record) {
    return HEAD + (thread * CAPACITY + record) * RECORD;
  }
}
