package dev.larder.codec;

import dev.larder.SnapshotException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/*
 * Opening reads the whole file once and compares its checksum. On the way it notes a short checksum
 * of each block (4 bytes in 65,536), by which later readings make sure that they get the bytes that
 * were verified, whatever became of the file.
 */
/** An open file whose content was verified. For one thread. */
final class SnapshotFile implements AutoCloseable {
  private static final int BLOCK = 1 << 16;
  private static final int HEAD = 64;

  private final Path path;
  private final FileChannel channel;
  private final ByteBuffer block = ByteBuffer.allocate(BLOCK);
  private final long size;
  private final Layout layout;
  private final int[] sums;

  private SnapshotFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    this.size = channel.size();
    this.layout = layout();
    this.sums = new int[Math.toIntExact((size + BLOCK - 1) / BLOCK)];
    verify();
  }

  /** Opens and verifies; throws {@link SnapshotException} when the file is refused. */
  static SnapshotFile open(Path path) {
    try {
      var channel = FileChannel.open(path, StandardOpenOption.READ);
      try {
        return new SnapshotFile(path, channel);
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (NoSuchFileException e) {
      throw new SnapshotException("there is no snapshot at " + path, e);
    } catch (IOException e) {
      throw new SnapshotException("the snapshot " + path + " cannot be read: " + e, e);
    }
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  Layout layoutUsed() {
    return layout;
  }

  private Layout layout() throws IOException {
    fill(0, (int) Math.min(size, HEAD));
    var head = Arrays.copyOf(block.array(), block.limit());
    for (var each : Layout.values()) {
      if (each.begins(head)) {
        checkVersion(each.version(head).orElseThrow(() -> refused(0, "names no version")));
        return each;
      }
    }
    throw refused(0, size == 0 ? "is empty" : "does not begin as a snapshot of Larder does");
  }

  private void checkVersion(long version) {
    if (version != Layout.VERSION) {
      throw refused(
          0,
          "is of format version "
              + version
              + "; this Larder reads version "
              + Layout.VERSION
              + ": restore it with the Larder that wrote it, or begin cold");
    }
  }

  private void verify() throws IOException {
    var digest = digest();
    var trailer = layout.trailer(new byte[Layout.DIGEST]).length;
    var content = size - trailer;
    if (content < HEAD) {
      throw refused(size, "is cut short");
    }
    for (int index = 0; index < sums.length; index++) {
      var start = (long) index * BLOCK;
      fill(start, (int) Math.min(BLOCK, size - start));
      sums[index] = sum();
      digest.update(block.array(), 0, (int) Math.max(0, Math.min(content - start, block.limit())));
    }
    var expected = layout.trailer(digest.digest());
    fill(content, trailer);
    if (!Arrays.equals(expected, 0, trailer, block.array(), 0, trailer)) {
      throw refused(
          content,
          "was cut or altered: the checksum there is not that of the " + content + " bytes before");
    }
  }

  private void fill(long position, int length) throws IOException {
    block.clear().limit(length);
    while (block.hasRemaining()) {
      if (channel.read(block, position + block.position()) < 0) {
        throw refused(position + block.position(), "became shorter while it was read");
      }
    }
    block.flip();
  }

  private int sum() {
    var crc = new CRC32C();
    crc.update(block.array(), 0, block.limit());
    return (int) crc.getValue();
  }

  /** A refusal that names the file and a place in it. */
  SnapshotException refused(long position, String why) {
    return refused(position, why, null);
  }

  SnapshotException refused(long position, String why, @Nullable Throwable cause) {
    return new SnapshotException(
        "the snapshot " + path + " " + why + " (byte " + position + " of " + size + ")", cause);
  }

  /** The bytes that were verified, from the beginning. One reading at a time. */
  InputStream content() {
    return new Content();
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new SnapshotException("the snapshot " + path + " cannot be closed: " + e, e);
    }
  }

  private final class Content extends InputStream {
    private int next;

    Content() {
      block.clear().limit(0);
    }

    @Override
    public int read() throws IOException {
      return ready() ? block.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (!ready()) {
        return -1;
      }
      int count = Math.min(length, block.remaining());
      block.get(to, offset, count);
      return count;
    }

    private boolean ready() throws IOException {
      if (!block.hasRemaining() && next < sums.length) {
        var start = (long) next * BLOCK;
        fill(start, (int) Math.min(BLOCK, size - start));
        if (sum() != sums[next++]) {
          throw refused(start, "changed while it was read");
        }
      }
      return block.hasRemaining();
    }
  }
}
