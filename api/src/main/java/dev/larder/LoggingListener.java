package dev.larder;

import java.lang.System.Logger.Level;
import java.util.EnumSet;
import java.util.Set;

/** Logs keys and causes, never values, since values may be secret. */
final class LoggingListener<K, V> implements CacheListener<K, V> {
  private static final System.Logger LOG = System.getLogger("dev.larder.events");
  private final Level level;

  LoggingListener(Level level) {
    this.level = Checks.notNull(level, "level");
  }

  @Override
  public void on(CacheEvent<K, V> event) {
    LOG.log(
        level,
        () ->
            event.type() + " " + event.key() + (event.cause() == null ? "" : " " + event.cause()));
  }

  @Override
  public Set<CacheEvent.Type> interests() {
    return EnumSet.of(
        CacheEvent.Type.CREATED,
        CacheEvent.Type.UPDATED,
        CacheEvent.Type.REMOVED,
        CacheEvent.Type.LOADED);
  }
}
