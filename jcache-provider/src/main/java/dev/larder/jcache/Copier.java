package dev.larder.jcache;

import dev.larder.CodecException;
import dev.larder.engine.SerialCodec;
import java.io.File;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the objects of the cache and those of its users apart, as store by value asks; shares them
 * where store by reference was chosen. How objects of a class are copied is found out once per
 * class:
 *
 * <ul>
 *   <li>immutable ones are shared: the value types of the JDK, enums, and records all of whose
 *       components are declared as such types or records;
 *   <li>arrays of primitives and of final immutable types are cloned;
 *   <li>everything else goes through Java serialization, with classes looked up by the class loader
 *       of the manager.
 * </ul>
 */
final class Copier {
  private enum Way {
    SHARE,
    CLONE,
    SERIALIZE
  }

  /** Final classes whose objects never change. */
  private static final Set<Class<?>> FINAL_VALUES =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Short.class,
          Byte.class,
          Character.class,
          Boolean.class,
          Float.class,
          Double.class,
          UUID.class,
          URI.class,
          Class.class,
          Locale.class,
          Currency.class,
          Duration.class,
          Period.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          ZoneOffset.class,
          Year.class,
          YearMonth.class,
          MonthDay.class,
          DayOfWeek.class,
          Month.class);

  /** Classes whose own objects never change, but whose subclasses may. */
  private static final Set<Class<?>> OPEN_VALUES =
      Set.of(BigDecimal.class, BigInteger.class, File.class);

  private static final ClassValue<Way> WAYS =
      new ClassValue<>() {
        @Override
        protected Way computeValue(Class<?> type) {
          return way(type);
        }
      };

  private final @Nullable SerialCodec<Object> codec;

  private Copier(@Nullable SerialCodec<Object> codec) {
    this.codec = codec;
  }

  /** Copies. */
  static Copier byValue(ClassLoader loader) {
    return new Copier(new SerialCodec<>(loader));
  }

  /** Shares everything. */
  static Copier byReference() {
    return new Copier(null);
  }

  /**
   * The object itself or a copy of it. Throws {@link CacheException} when it has to be serialized
   * and cannot.
   */
  <T> T copy(T object) {
    if (codec == null || object instanceof String) {
      return object;
    }
    return switch (WAYS.get(object.getClass())) {
      case SHARE -> object;
      case CLONE -> cloned(object);
      case SERIALIZE -> serialized(object, codec);
    };
  }

  /** As {@link #copy}; null stays null. */
  <T> @Nullable T copyOrNull(@Nullable T object) {
    return object == null ? null : copy(object);
  }

  @SuppressWarnings("unchecked") // the copy is of the same class
  private static <T> T cloned(T array) {
    var length = Array.getLength(array);
    var copy = Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, length);
    return (T) copy;
  }

  @SuppressWarnings("unchecked") // serialization gives back what it was given
  private static <T> T serialized(T object, SerialCodec<Object> codec) {
    try {
      return (T) codec.decode(codec.encode(object));
    } catch (CodecException e) {
      throw new CacheException(
          e.getMessage() + "; make the class serializable or immutable, or store by reference", e);
    }
  }

  private static Way way(Class<?> type) {
    if (type.isArray()) {
      return fixed(type.getComponentType(), Set.of()) ? Way.CLONE : Way.SERIALIZE;
    }
    var shared =
        OPEN_VALUES.contains(type)
            || Enum.class.isAssignableFrom(type)
            || ZoneId.class.isAssignableFrom(type)
            || fixed(type, Set.of());
    return shared ? Way.SHARE : Way.SERIALIZE;
  }

  /** Whether whatever a variable of this type holds never changes. */
  private static boolean fixed(Class<?> type, Set<Class<?>> within) {
    if (type.isPrimitive() || FINAL_VALUES.contains(type) || type.isEnum()) {
      return true;
    }
    return type.isRecord() && !within.contains(type) && fixedComponents(type, within);
  }

  /** A record inside itself would be looked at for ever; it is serialized. */
  private static boolean fixedComponents(Class<?> type, Set<Class<?>> within) {
    var deeper = new HashSet<>(within);
    deeper.add(type);
    return Arrays.stream(type.getRecordComponents())
        .allMatch(component -> fixed(component.getType(), deeper));
  }
}
