package dev.larder.jcache;

import dev.larder.CacheException;
import dev.larder.jcache.copy.Copier;
import java.util.function.Function;
import javax.cache.processor.EntryProcessor;
import javax.cache.processor.EntryProcessorException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/**
 * An entry processor on its way to an entry, and the entry it then works on: the one of Larder,
 * with copies in between. One object for both, since each run of a processor makes one. Used once.
 */
final class ProcessedEntry<K, V, T extends @Nullable Object>
    implements MutableEntry<K, V>, Function<dev.larder.MutableEntry<K, V>, T> {
  private final Types<K, V> types;
  private final Copier copier;
  private final EntryProcessor<K, V, T> processor;
  private final Object[] arguments;

  @SuppressWarnings("NullAway.Init") // there from the moment the processor runs
  private dev.larder.MutableEntry<K, V> entry;

  ProcessedEntry(
      Types<K, V> types, Copier copier, EntryProcessor<K, V, T> processor, Object... arguments) {
    this.types = types;
    this.copier = copier;
    this.processor = processor;
    this.arguments = arguments;
  }

  /** Runs the processor. What it throws comes out as JCache has it. */
  @Override
  public T apply(dev.larder.MutableEntry<K, V> found) {
    entry = found;
    try {
      return processor.process(this, arguments);
    } catch (javax.cache.CacheException e) {
      throw e;
    } catch (RuntimeException | Error e) {
      throw new EntryProcessorException(
          "an entry processor on cache '" + types.cache() + "' threw; nothing was changed", e);
    }
  }

  @Override
  public K getKey() {
    return copier.copy(entry.key());
  }

  @Override
  public @Nullable V getValue() {
    try {
      return copier.copyOrNull(entry.value());
    } catch (CacheException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public boolean exists() {
    return entry.exists();
  }

  @Override
  public void setValue(V value) {
    entry.set(copier.copy(types.value(value)));
  }

  @Override
  public void remove() {
    entry.remove();
  }

  @Override
  public <U> U unwrap(Class<U> type) {
    return Unwrap.as(type, this, entry);
  }
}
