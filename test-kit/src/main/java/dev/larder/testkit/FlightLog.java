package dev.larder.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * A flight recording of Larder's events in this process, from its creation to {@link #stop}. Needs
 * the module {@code jdk.jfr}. For one thread.
 */
public final class FlightLog implements AutoCloseable {
  private static final String PREFIX = "dev.larder.";

  private final Recording recording = new Recording();

  /** Starts to record events of these names, which are the last words of the full ones. */
  public FlightLog(String... names) {
    for (var name : names) {
      recording.enable(PREFIX + name);
    }
    recording.start();
  }

  /**
   * Ends it and returns what was recorded of Larder in the order of its ends.
   *
   * @throws IOException when the recording cannot be written to a temporary file, which is deleted
   */
  public List<RecordedEvent> stop() throws IOException {
    recording.stop();
    Path file = Files.createTempFile("larder", ".jfr");
    try {
      recording.dump(file);
      return RecordingFile.readAllEvents(file).stream()
          .filter(event -> event.getEventType().getName().startsWith(PREFIX))
          .toList();
    } finally {
      Files.delete(file);
    }
  }

  @Override
  public void close() {
    recording.close();
  }
}
