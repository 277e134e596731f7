package dev.larder.jcache.copy;

import java.io.File;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Currency;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.cache.annotation.GeneratedCacheKey;

/**
 * Proves of classes that their objects never change, so that they may be shared.
 *
 * <p>Of the JDK the well-known value types are taken as such, and enums. An object of any other
 * class never changes when all its fields, those of superclasses included, are final and of types
 * of which it is known that <em>whatever they hold</em> never changes: primitives, the value types,
 * enums, final classes and records for which the same holds, and sealed types all of whose
 * permitted subclasses are such. A class that refers to itself on the way is taken to be immutable
 * until another of its fields says otherwise; nothing concluded from that assumption is kept.
 */
final class Proof {
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
          MathContext.class,
          Pattern.class,
          OptionalInt.class,
          OptionalLong.class,
          OptionalDouble.class,
          Duration.class,
          Period.class,
          Instant.class,
          LocalDate.class,
          LocalTime.class,
          LocalDateTime.class,
          OffsetDateTime.class,
          OffsetTime.class,
          ZonedDateTime.class,
          Year.class,
          YearMonth.class,
          MonthDay.class);

  /** Classes whose own objects never change, but whose subclasses may. */
  private static final Set<Class<?>> OPEN_VALUES =
      Set.of(BigDecimal.class, BigInteger.class, File.class);

  /** Superclasses without any state. */
  private static final Set<Class<?>> STATELESS = Set.of(Object.class, Record.class, Number.class);

  private final CopyRules rules;

  Proof(CopyRules rules) {
    this.rules = rules;
  }

  /** Whether objects of exactly this class never change. */
  boolean immutable(Class<?> type) {
    return immutable(type, new HashSet<>());
  }

  /** Whether whatever a variable of this type holds never changes. */
  boolean holdsImmutable(Class<?> type) {
    return holds(type, new HashSet<>());
  }

  private boolean immutable(Class<?> type, Set<Class<?>> assumed) {
    if (type.isArray() || rules.saysCopied(type) || rules.copierOf(type) != null) {
      return false;
    }
    return rules.saysImmutable(type)
        || isValue(type)
        || GeneratedCacheKey.class.isAssignableFrom(type) // immutable by its contract
        || OPEN_VALUES.contains(type)
        || !assumed.add(type)
        || allFinal(type, assumed);
  }

  private static boolean isValue(Class<?> type) {
    return type.isPrimitive()
        || FINAL_VALUES.contains(type)
        || Enum.class.isAssignableFrom(type)
        || ZoneId.class.isAssignableFrom(type);
  }

  private boolean holds(Class<?> type, Set<Class<?>> assumed) {
    if (rules.saysCopied(type) || rules.copierOf(type) != null) {
      return false;
    }
    if (isValue(type) || rules.saysImmutable(type)) {
      return true;
    }
    if (type.isSealed() && !permittedHold(type, assumed)) {
      return false;
    }
    return Modifier.isFinal(type.getModifiers())
        ? immutable(type, assumed)
        : type.isSealed() && (isAbstract(type) || immutable(type, assumed));
  }

  private boolean permittedHold(Class<?> type, Set<Class<?>> assumed) {
    for (var permitted : type.getPermittedSubclasses()) {
      if (!holds(permitted, assumed)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAbstract(Class<?> type) {
    return Modifier.isAbstract(type.getModifiers());
  }

  /** Of lambdas too, whose fields are what they captured. */
  private boolean allFinal(Class<?> type, Set<Class<?>> assumed) {
    if (Jdk.has(type) || isAbstract(type)) {
      return false;
    }
    try {
      for (Class<?> each = type; !STATELESS.contains(each); each = each.getSuperclass()) {
        if (Jdk.has(each) || !ownFinal(each, assumed)) {
          return false;
        }
      }
      return true;
    } catch (LinkageError e) {
      return false; // a class that it mentions is missing
    }
  }

  private boolean ownFinal(Class<?> type, Set<Class<?>> assumed) {
    for (Field field : type.getDeclaredFields()) {
      var modifiers = field.getModifiers();
      if (!Modifier.isStatic(modifiers)
          && (!Modifier.isFinal(modifiers) || !holds(field.getType(), assumed))) {
        return false;
      }
    }
    return true;
  }
}
