package dev.larder.jcache;

import dev.larder.Expiry;
import dev.larder.Life;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.cache.expiry.AccessedExpiryPolicy;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.EternalExpiryPolicy;
import javax.cache.expiry.ExpiryPolicy;
import javax.cache.expiry.ModifiedExpiryPolicy;
import javax.cache.expiry.TouchedExpiryPolicy;
import org.jspecify.annotations.Nullable;

/**
 * Expiry policies of JSR-107 as those of Larder. The five standard ones are data, which a store far
 * away is told once; any other is asked once for each operation that it concerns.
 */
final class StandardExpiry {
  private static final System.Logger LOG = System.getLogger("dev.larder.jcache");

  private StandardExpiry() {}

  /** The policy as data, or null when it is none of the standard ones. */
  static @Nullable Life asData(ExpiryPolicy policy) {
    var type = policy.getClass();
    if (type == EternalExpiryPolicy.class) {
      return Life.ETERNAL;
    }
    var standard =
        type == CreatedExpiryPolicy.class
            || type == ModifiedExpiryPolicy.class
            || type == AccessedExpiryPolicy.class
            || type == TouchedExpiryPolicy.class;
    return standard
        ? new Life(
            millis(policy.getExpiryForCreation(), Life.FOREVER),
            millis(policy.getExpiryForUpdate(), Life.UNCHANGED),
            millis(policy.getExpiryForAccess(), Life.UNCHANGED),
            Life.FOREVER,
            0)
        : null;
  }

  private static long millis(@Nullable Duration duration, long unsaid) {
    if (duration == null) {
      return unsaid;
    }
    return duration.isEternal()
        ? Life.FOREVER
        : duration.getTimeUnit().toMillis(duration.getDurationAmount());
  }

  /**
   * The policy as a rule that is asked. Where it throws, the specification has a default take its
   * place: for ever for a new entry, the present deadline for others.
   */
  static <K, V> Expiry<K, V> asRule(String cache, ExpiryPolicy policy) {
    return new Rule<>(cache, policy, new AtomicBoolean());
  }

  private record Rule<K, V>(String cache, ExpiryPolicy policy, AtomicBoolean told)
      implements Expiry<K, V> {

    @Override
    public java.time.@Nullable Duration onCreate(K key, V value) {
      return asked(policy::getExpiryForCreation);
    }

    @Override
    public java.time.@Nullable Duration onUpdate(K key, V value) {
      return asked(policy::getExpiryForUpdate);
    }

    @Override
    public java.time.@Nullable Duration onAccess(K key, V value) {
      return asked(policy::getExpiryForAccess);
    }

    private java.time.@Nullable Duration asked(Supplier<@Nullable Duration> question) {
      try {
        var duration = question.get();
        return duration == null ? null : java.time.Duration.ofMillis(millis(duration, 0));
      } catch (RuntimeException e) {
        if (told.compareAndSet(false, true)) {
          LOG.log(
              Level.WARNING,
              "cache '"
                  + cache
                  + "': the expiry policy threw; new entries do not expire, others"
                  + " keep their deadline",
              e);
        }
        return null;
      }
    }
  }
}
