package dev.larder.server.core;

import java.time.Duration;

/** What a server knows of itself. Safe for all threads, does not wait. */
public interface Node {

  /** Its name, as the settings say or as it was made up at the start. */
  String id();

  /** How far it is. */
  Phase phase();

  /** Since it began to start. */
  Duration uptime();
}
