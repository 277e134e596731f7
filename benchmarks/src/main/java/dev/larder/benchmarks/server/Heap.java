package dev.larder.benchmarks.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The heap of another Java process, asked by {@code jcmd}. */
final class Heap {
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private Heap() {}

  /** What objects take after a full collection, in bytes. */
  static long usedBytes(ServerProcess server) throws IOException {
    var jcmd = Tool.in(Path.of(System.getProperty("java.home"), "bin"), "jcmd");
    var pid = String.valueOf(server.pid());
    jcmd.run(List.of(pid, "GC.run"));
    return parse(jcmd.run(List.of(pid, "GC.heap_info")));
  }

  /** The sum over generations; what lies outside the heap is listed too and not counted. */
  static long parse(String info) throws IOException {
    var used =
        info.lines()
            .filter(line -> !line.contains("Metaspace") && !line.contains("class space"))
            .map(USED::matcher)
            .filter(Matcher::find)
            .mapToLong(found -> Long.parseLong(found.group(1)) << 10)
            .sum();
    if (used == 0) {
      throw new IOException("jcmd printed no heap: " + info);
    }
    return used;
  }
}
