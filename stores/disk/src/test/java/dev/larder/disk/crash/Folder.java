package dev.larder.disk.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Folders of files as a process left them. */
final class Folder {
  private Folder() {}

  static List<Path> files(Path folder) throws IOException {
    try (var all = Files.list(folder)) {
      return all.sorted().toList();
    }
  }

  /** Copies the files of a folder, which has no folders, into a new one. */
  static Path copy(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (var file : files(from)) {
      Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }
    return to;
  }

  static void delete(Path folder) throws IOException {
    for (var file : files(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }
}
