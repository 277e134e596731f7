package dev.larder.micrometer;

import dev.larder.Checks;
import dev.larder.Larder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * The meters of all caches of a manager, as {@link LarderCacheMetrics} has them: of those that are
 * open when it is bound, and of those that are created later. The meters of a cache that closes go.
 * Two managers with caches of the same names need tags that tell them apart. Safe for all threads.
 */
public final class LarderMetrics implements MeterBinder, AutoCloseable {
  private final Larder larder;
  private final Function<String, ? extends Iterable<Tag>> tags;
  private final CopyOnWriteArrayList<OpenCaches> bound = new CopyOnWriteArrayList<>();

  /** Of that manager, with these tags besides {@code cache}. */
  public LarderMetrics(Larder larder, Iterable<Tag> tags) {
    this(larder, always(Tags.of(Checks.notNull(tags, "tags"))));
  }

  /**
   * Of that manager, with the tags besides {@code cache} that are given for the name of a cache.
   */
  public LarderMetrics(Larder larder, Function<String, ? extends Iterable<Tag>> tagsByName) {
    this.larder = Checks.notNull(larder, "larder");
    this.tags = Checks.notNull(tagsByName, "tagsByName");
  }

  private static Function<String, Tags> always(Tags tags) {
    return name -> tags;
  }

  /**
   * Binds the caches of a manager.
   *
   * @param tags names and values in turn
   * @throws IllegalArgumentException when a name has no value
   * @throws dev.larder.CacheClosedException when the manager is closed
   */
  public static LarderMetrics monitor(MeterRegistry registry, Larder larder, String... tags) {
    var metrics = new LarderMetrics(larder, Tags.of(tags));
    metrics.bindTo(Checks.notNull(registry, "registry"));
    return metrics;
  }

  /**
   * Registers the meters of the open caches, and from now on those of every other.
   *
   * @throws dev.larder.CacheClosedException when the manager is closed
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    var caches = new OpenCaches(registry, larder, tags);
    caches.begin();
    bound.add(caches);
  }

  /** Takes all meters out of the registries. Idempotent; not needed when the manager is closed. */
  @Override
  public void close() {
    bound.forEach(OpenCaches::end);
    bound.clear();
  }
}
