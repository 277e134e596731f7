package dev.larder.benchmarks.simulator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which files the option {@code --trace} means. */
final class TraceFiles {
  private TraceFiles() {}

  /**
   * The files, and for folders the traces in them, in alphabetical order. A trace in a folder is a
   * file whose name ends as one does; when a format is given, every file that is not hidden.
   */
  static List<Path> find(List<Path> given, @Nullable TraceFormat format) throws BadInputException {
    Set<Path> files = new LinkedHashSet<>();
    for (var path : given) {
      if (Files.isDirectory(path)) {
        files.addAll(inside(path, format));
      } else {
        files.add(path);
      }
    }
    return new ArrayList<>(files);
  }

  private static List<Path> inside(Path folder, @Nullable TraceFormat format)
      throws BadInputException {
    try (var content = Files.list(folder)) {
      var traces =
          content
              .filter(Files::isRegularFile)
              .filter(file -> format == null ? looksLikeTrace(file) : !hidden(file))
              .sorted()
              .toList();
      if (traces.isEmpty()) {
        throw new BadInputException(
            "--trace "
                + folder
                + ": no trace in this folder (names end in .u64, .arc, .lis, .trc"
                + " or .txt, with .gz or without); name the files, or give a --format");
      }
      return traces;
    } catch (IOException e) {
      throw new BadInputException("--trace " + folder + " cannot be read: " + e.getMessage(), e);
    }
  }

  private static boolean hidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }

  private static boolean looksLikeTrace(Path file) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return !hidden(file) && name.matches(".+\\.(u64|arc|lis|trc|txt)(\\.gz)?");
  }
}
