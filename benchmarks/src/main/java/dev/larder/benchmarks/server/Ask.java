package dev.larder.benchmarks.server;

import java.io.IOException;

/** One way to load a server for a moment. */
@FunctionalInterface
interface Ask {

  /** Does it and tells what the tool measured. */
  Sample of(ServerProcess server) throws IOException;
}
