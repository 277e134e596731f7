package dev.larder.disk;

/**
 * How a file is used. What concerns the whole file is decided by the cache that opens it first,
 * except that one cache that wants force is enough.
 *
 * @param forced whether commits are ever forced; without it nothing survives a loss of power for
 *     certain, and the file may be ruined by one
 * @param readers the largest number of connections that read at the same time
 * @param compressAbove stored values larger than this are compressed, where that makes them smaller
 * @param movedFrom how large the log grows before it is moved into the file, in bytes
 * @param disk the door to the disk
 */
record DiskSettings(boolean forced, int readers, long compressAbove, long movedFrom, Disk disk) {
  /** No value is compressed. */
  static final long NEVER = Long.MAX_VALUE;

  private static final long MOVED_FROM = 4 << 20;

  DiskSettings(boolean forced, int readers, long compressAbove, Disk disk) {
    this(forced, readers, compressAbove, MOVED_FROM, disk);
  }

  /** The same, with commits forced. */
  DiskSettings forcing() {
    return new DiskSettings(true, readers, compressAbove, movedFrom, disk);
  }

  /** Forced, 4 to 8 readers by the number of cores, no compression. */
  static DiskSettings usual() {
    var cores = Runtime.getRuntime().availableProcessors();
    return new DiskSettings(true, Math.max(4, Math.min(8, cores)), NEVER, Disk.real());
  }
}
