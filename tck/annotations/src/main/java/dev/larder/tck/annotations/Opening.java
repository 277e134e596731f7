package dev.larder.tck.annotations;

import java.time.DayOfWeek;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** What is cached by two processes. */
public interface Opening {

  /** Is computed when {@link AnnotatedPeer} is told to go on. */
  String hours(DayOfWeek day, String[] shops, String town, String again);

  /** As {@link #hours}, as a stage that comes when the peer goes on. */
  CompletionStage<String> later(DayOfWeek day, String[] shops, String town, String again);

  /** Finds nothing. */
  Optional<String> closing(DayOfWeek day);

  /** Removes what the first two give. */
  void change(DayOfWeek day, String[] shops, String town, String again);

  /** Removes everything. */
  void changeAll();
}
