package dev.larder.tck.annotations;

import java.time.DayOfWeek;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;

/** A bean of {@link AnnotatedPeer}, which says when it computes. */
@CacheDefaults(cacheName = "opening")
public class OpeningHours implements Opening {

  /** For containers. */
  public OpeningHours() {}

  @CacheResult
  @Override
  public String hours(DayOfWeek day, String[] shops, String town, String again) {
    AnnotatedPeer.say("computing");
    AnnotatedPeer.go().join();
    return "hours by " + ProcessHandle.current().pid();
  }

  @CacheResult
  @Override
  public CompletionStage<String> later(DayOfWeek day, String[] shops, String town, String again) {
    AnnotatedPeer.say("computing");
    CompletableFuture<Void> go = AnnotatedPeer.go();
    return go.thenApply(nothing -> "later by " + ProcessHandle.current().pid());
  }

  @CacheResult
  @Override
  public Optional<String> closing(DayOfWeek day) {
    AnnotatedPeer.say("computing");
    return Optional.empty();
  }

  @CacheRemove
  @Override
  public void change(DayOfWeek day, String[] shops, String town, String again) {}

  @CacheRemoveAll
  @Override
  public void changeAll() {}
}
