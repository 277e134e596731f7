package dev.larder.engine;

import dev.larder.CacheWriteException;
import dev.larder.CacheWriter;
import dev.larder.HookException;
import dev.larder.Life;
import dev.larder.spi.Slot;
import dev.larder.spi.Update;
import org.jspecify.annotations.Nullable;

/**
 * A verb in the company of user code: an expiry rule that decides the deadline, a writer that must
 * agree first, a function. Runs once, under a grant on its key. The writer is called when all is
 * decided and before anything is changed.
 *
 * @param cache the name of the cache, for messages
 * @param key the key
 * @param verb the verb
 * @param argument its argument
 * @param writer who is written through to, or null
 * @param sizer what must accept a value before the writer hears of it, or null
 * @param expiry the rule that is user code, or null
 * @param life the rule that is data
 */
record Guarded<K, V, A, R extends @Nullable Object>(
    String cache,
    K key,
    Update<A, V, R> verb,
    A argument,
    @Nullable CacheWriter<? super K, ? super V> writer,
    @Nullable Sizer<K, V> sizer,
    @Nullable CustomExpiry<K, V> expiry,
    Life life) {

  private enum Verb
      implements
          Update<Guarded<Object, Object, Object, @Nullable Object>, Object, @Nullable Object> {
    RUN;

    @Override
    @SuppressWarnings("NullAway") // the result type admits null, which the checker does not see
    public @Nullable Object apply(
        Guarded<Object, Object, Object, @Nullable Object> guarded, Slot<Object> slot) {
      return guarded.run(slot);
    }
  }

  @SuppressWarnings("unchecked") // one constant serves every type: it only hands its argument on
  static <K, V, A, R extends @Nullable Object> Update<Guarded<K, V, A, R>, V, R> running() {
    return (Update<Guarded<K, V, A, R>, V, R>) (Update<?, ?, ?>) Verb.RUN;
  }

  private R run(Slot<V> slot) {
    var trial = new TrialSlot<>(key, slot, life, expiry);
    var result = verb.apply(argument, trial);
    if (writer != null && !(result instanceof Edit.Done<?> done && done.edited().loaded())) {
      writeThrough(writer, trial);
    }
    trial.apply(slot);
    return result;
  }

  private void writeThrough(CacheWriter<? super K, ? super V> told, TrialSlot<K, V> trial) {
    try {
      var written = trial.written();
      if (written != null) {
        if (sizer != null) {
          sizer.check(key, written);
        }
        told.write(key, written);
      } else if (trial.removes()) {
        told.delete(key);
      }
    } catch (HookException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(e);
    } catch (Exception e) {
      throw failed(e);
    }
  }

  private CacheWriteException failed(Exception cause) {
    return new CacheWriteException(
        "cache '"
            + cache
            + "': the writer failed for key "
            + key
            + "; the cache is unchanged: "
            + cause,
        cause);
  }
}
