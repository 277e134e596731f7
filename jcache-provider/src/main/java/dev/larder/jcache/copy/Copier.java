package dev.larder.jcache.copy;

import dev.larder.CodecException;
import dev.larder.engine.SerialCodec;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the objects of one cache and those of its users apart, as store by value asks; shares them
 * where store by reference was chosen. A copy is what serialization would give back, with what
 * serialization is too careful about left out:
 *
 * <ul>
 *   <li>objects that are proved never to change are shared ({@link Proof}), serializable or not;
 *   <li>arrays, well-known collections, records and ordinary serializable objects are copied part
 *       by part; what a value holds twice, its copy holds twice, also in circles;
 *   <li>a value in which anything else is found is serialized as a whole, with classes looked up by
 *       the class loader of the manager.
 * </ul>
 *
 * What is to be done with objects of a class is found out once; {@link CopyRules} go before it.
 * Safe for all threads, as long as nobody changes an object while it is copied.
 */
public final class Copier {
  /** All by reference. */
  private static final Copier REFERENCES = new Copier(null, new Plans(CopyRules.NONE));

  private final @Nullable SerialCodec<Object> codec;
  private final Plans plans;

  private Copier(@Nullable SerialCodec<Object> codec, Plans plans) {
    this.codec = codec;
    this.plans = plans;
  }

  /**
   * Copies.
   *
   * @param loader where serialization finds classes
   */
  public static Copier byValue(ClassLoader loader, CopyRules rules) {
    return new Copier(new SerialCodec<>(loader), new Plans(rules));
  }

  /** Shares everything. */
  public static Copier byReference() {
    return REFERENCES;
  }

  /**
   * The object itself or a copy of it. Throws {@link CacheException} when it has to be serialized
   * and cannot.
   */
  public <T> T copy(T object) {
    return codec == null || object instanceof String ? object : copied(object, codec);
  }

  /** As {@link #copy}; null stays null. */
  public <T> @Nullable T copyOrNull(@Nullable T object) {
    return object == null ? null : copy(object);
  }

  @SuppressWarnings("unchecked") // the copy is of the same class
  private <T> T copied(T object, SerialCodec<Object> serial) {
    var plan = plans.of(object.getClass());
    if (plan == Plan.SHARED) {
      return object;
    }
    if (plan == Plan.SERIALIZED) {
      return serialized(object, serial);
    }
    try {
      return (T) (plan instanceof Plan.Leaf leaf ? leaf.copy(object) : deep(object));
    } catch (Unplanned e) {
      return serialized(object, serial);
    } catch (CacheException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new CacheException(
          "an object of " + object.getClass().getName() + " could not be copied: " + e, e);
    }
  }

  private Object deep(Object object) {
    return new Graph(plans).copy(object);
  }

  @SuppressWarnings("unchecked") // serialization gives back what it was given
  private static <T> T serialized(T object, SerialCodec<Object> serial) {
    try {
      return (T) serial.decode(serial.encode(object));
    } catch (CodecException e) {
      throw new CacheException(
          e.getMessage()
              + "; make the class serializable or immutable, name what copies it"
              + " (LarderConfiguration.copier), or store by reference",
          e);
    }
  }
}
