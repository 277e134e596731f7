package dev.larder.testkit.reference;

import dev.larder.CacheSpec;
import dev.larder.Checks;
import dev.larder.HookException;
import dev.larder.Life;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How long entries of a {@link ReferenceCache} live. */
final class ReferenceRule<K, V> {
  private final CacheSpec<K, V> spec;
  private final ReferenceControl control;

  ReferenceRule(CacheSpec<K, V> spec, ReferenceControl control) {
    this.spec = spec;
    this.control = control;
  }

  /** The deadline after a read. */
  long read(K key, Node<V> node, long now) {
    var rule = spec.expiry().custom();
    if (rule != null) {
      return asked(() -> rule.onAccess(key, node.value), now, node.deadline);
    }
    if (!spec.expiry().life().sliding() || node.own) {
      return node.deadline;
    }
    var limit = Life.deadline(node.writtenAt, spec.expiry().life().limit());
    return Math.min(Life.deadline(now, spec.expiry().life().onAccess()), limit);
  }

  /** The deadline of a value written over what was there. */
  long written(K key, V value, @Nullable Node<V> node, long now) {
    var rule = spec.expiry().custom();
    if (rule != null) {
      return node == null
          ? ruled(() -> rule.onCreate(key, value), now, Life.FOREVER)
          : ruled(() -> rule.onUpdate(key, value), now, node.deadline);
    }
    var life = spec.expiry().life();
    if (node != null && !node.own && life.onUpdate() == Life.UNCHANGED) {
      return node.deadline;
    }
    var span = node == null || node.own ? life.onCreate() : life.onUpdate();
    return Math.min(Life.deadline(now, span), Life.deadline(now, life.limit()));
  }

  /** The deadline as a custom rule gives it; a write is refused when the rule fails. */
  private long ruled(Supplier<@Nullable Duration> rule, long now, long otherwise) {
    try {
      var life = rule.get();
      return life == null
          ? otherwise
          : Life.deadline(now, Life.millis(Checks.notNegative(life, "life")));
    } catch (RuntimeException e) {
      throw new HookException("cache '" + spec.name() + "': the expiry failed: " + e, e);
    }
  }

  /** As {@link #ruled} for a read, which goes on when the rule fails. */
  private long asked(Supplier<@Nullable Duration> rule, long now, long otherwise) {
    try {
      return ruled(rule, now, otherwise);
    } catch (HookException e) {
      control.counted(control.hookFailures);
      return otherwise;
    }
  }
}
