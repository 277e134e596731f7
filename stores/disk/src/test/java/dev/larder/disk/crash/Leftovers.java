package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** What caches may not leave behind in their process once they are closed. */
final class Leftovers {
  private static final Path HANDLES = Path.of("/proc/self/fd");

  /** Ticks for all caches of a process, and stays. */
  private static final String CLOCK = "larder-clock";

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  private final Path folder;
  private final Set<String> threads;

  /** Looks at the threads that are there before. */
  Leftovers(Path folder) {
    this.folder = folder;
    this.threads = threads();
  }

  /** The threads that came since and are there now. */
  Set<String> started() {
    return left();
  }

  /** No handle of a file in the folder, and no thread that was not there before, or soon none. */
  void assertNone() throws IOException {
    for (long waited = 0; !left().isEmpty() && waited < PATIENCE; waited += 10_000_000) {
      LockSupport.parkNanos(10_000_000);
    }
    assertEquals(Set.of(), left());
    assertEquals(List.of(), handles());
  }

  private Set<String> left() {
    var left = new TreeSet<>(threads());
    left.removeAll(threads);
    return left;
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.contains("larder") && !name.equals(CLOCK))
        .collect(Collectors.toSet());
  }

  /** Empty where the machine does not show them. */
  private List<String> handles() throws IOException {
    if (!Files.isDirectory(HANDLES)) {
      return List.of();
    }
    try (var all = Files.list(HANDLES)) {
      return all.map(Leftovers::target).filter(at -> at.startsWith(folder.toString())).toList();
    }
  }

  private static String target(Path handle) {
    try {
      return Files.readSymbolicLink(handle).toString();
    } catch (IOException e) {
      // Closed meanwhile, such as the one that lists them.
      return "";
    }
  }
}
