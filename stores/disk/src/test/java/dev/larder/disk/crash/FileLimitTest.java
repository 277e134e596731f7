package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The machine itself refuses to let the files of a process grow. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FileLimitTest {
  /** In blocks of 512 bytes, as POSIX has it. */
  private static final int LIMIT = 8_192;

  @TempDir private Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void aProcessWhoseFilesMayNotGrowKeepsWhatItAcknowledged() throws Exception {
    var file = folder.resolve("filled.db");
    int put;
    try (var child = Child.start(limited(Child.command(Filler.class, file.toString())))) {
      put = Integer.parseInt(child.awaitWord("REFUSED").next());
      var why = child.next();
      assertTrue(why.contains(file.toString()), why);
      assertEquals("KEPT", child.next(), child::output);
      assertEquals(0, child.exit(), child::output);
    }
    assertTrue(put > 100, "only " + put + " were put");
    try (var larder = Larder.builder().open()) {
      var cache = Filler.open(larder, file);
      for (int i = 0; i < put; i++) {
        assertEquals(Filler.value(i), cache.get(i));
      }
      cache.put(put + 1, "there is room now");
      assertEquals("there is room now", cache.get(put + 1));
    }
  }

  private static List<String> limited(List<String> command) {
    var limited =
        new ArrayList<>(List.of("sh", "-c", "ulimit -f " + LIMIT + " && exec \"$@\"", "sh"));
    limited.addAll(command);
    return limited;
  }
}
