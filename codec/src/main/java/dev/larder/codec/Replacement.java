package dev.larder.codec;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * New content for a file, written beside it and put in its place in one step when it is complete
 * and on the disk. Closed without that, it leaves no trace.
 */
final class Replacement implements AutoCloseable {
  /** As many as Linux follows. */
  private static final int MOST_LINKS = 40;

  private final Path target;
  private final Path directory;
  private final Path draft;
  private final FileChannel channel;

  /**
   * A link is followed, so that what it points to is replaced, or made where nothing is there yet,
   * and not the link.
   */
  Replacement(Path file) throws IOException {
    target = Files.exists(file) ? file.toRealPath() : followed(file);
    if (Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException("it is a directory");
    }
    directory = target.resolveSibling("").toAbsolutePath();
    draft = Files.createTempFile(directory, "." + target.getFileName() + ".", ".tmp");
    channel = opened(draft);
  }

  private static Path followed(Path file) throws IOException {
    var path = file.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(path); links++) {
      if (links == MOST_LINKS) {
        throw new FileSystemLoopException(file.toString());
      }
      path = path.resolveSibling(Files.readSymbolicLink(path));
    }
    return path;
  }

  /** For writing; a draft that cannot be opened is deleted. */
  static FileChannel opened(Path draft) throws IOException {
    try {
      return FileChannel.open(draft, StandardOpenOption.WRITE);
    } catch (IOException | RuntimeException e) {
      try {
        Files.deleteIfExists(draft);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  OutputStream stream() {
    return Channels.newOutputStream(channel);
  }

  /** Puts the content in place; it survives a power failure from then on. */
  void commit() throws IOException {
    channel.force(true);
    channel.close();
    Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE);
    forceDirectory(directory);
  }

  /** Some systems cannot open a directory; there the file system orders the move by itself. */
  private static void forceDirectory(Path directory) throws IOException {
    FileChannel opened;
    try {
      opened = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (opened) {
      opened.force(true);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(draft);
  }
}
