package dev.larder.benchmarks.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What wrk asks, written to files in its language. Requests are put together before it starts. */
record Scripts(Path folder) {
  /** Entries that are asked for where keys are drawn. */
  static final int KEYS = 1_000;

  /** The length of a value. */
  static final int BYTES = 100;

  /** Entries in one batch. */
  static final int BATCH = 100;

  private static final String COMMON =
      """
      local value = string.rep("v", bytes)
      local raw = { ["Content-Type"] = "application/octet-stream" }
      local json = { ["Content-Type"] = "application/json" }
      local function path(key) return "/cache/bench:" .. key end
      local function get(key) return wrk.format("GET", path(key)) end
      local function put(key) return wrk.format("PUT", path(key), raw, value) end
      local function names(from, what)
        local parts = {}
        for at = 0, batch - 1 do parts[at + 1] = what((from + at) % keys) end
        return table.concat(parts, ",")
      end
      local function batch_get(from)
        local names = names(from, function(key) return '"bench:' .. key .. '"' end)
        return wrk.format("POST", "/cache/batch/get", json, '{"keys":[' .. names .. "]}")
      end
      local function batch_set(from)
        local items = names(from, function(key) return '"bench:' .. key .. '":"' .. value .. '"' end)
        return wrk.format("POST", "/cache/batch/set", json, '{"items":{' .. items .. "}}")
      end
      local made, next = {}, 0
      request = function()
        next = next + 1
        if next > #made then next = 1 end
        return made[next]
      end
      """;

  /** The path of an entry. */
  static String path(int key) {
    return "/cache/bench:" + key;
  }

  /** The same entry over and over, which is what servers are compared by. */
  Path one(boolean write) throws IOException {
    return written(write ? "put-one" : "get-one", write ? "put(0)" : "get(0)", 1);
  }

  /** Entries in turn, in shuffled order. */
  Path get() throws IOException {
    return written("get", "get((at * 37) % keys)", KEYS);
  }

  Path set() throws IOException {
    return written("set", "put((at * 37) % keys)", KEYS);
  }

  /** Four reads to a write. */
  Path mixed() throws IOException {
    return written("mixed", "(at % 5 == 0 and put or get)((at * 37) % keys)", KEYS);
  }

  Path batchGet() throws IOException {
    return written("batch-get", "batch_get(at * 37)", BATCH);
  }

  Path batchSet() throws IOException {
    return written("batch-set", "batch_set(at * 37)", BATCH);
  }

  private Path written(String name, String request, int count) throws IOException {
    var text =
        "local keys, bytes, batch = "
            + String.join(", ", String.valueOf(KEYS), String.valueOf(BYTES), String.valueOf(BATCH))
            + "\n"
            + COMMON
            + "init = function()\n  for at = 0, "
            + (count - 1)
            + " do made[at + 1] = "
            + request
            + " end\nend\n";
    return Files.writeString(folder.resolve(name + ".lua"), text);
  }
}
