package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of {@code INCRBYFLOAT}: the {@code long double} of C on x86-64, with 64 bits of
 * mantissa, so that sums come out digit for digit as those of Redis. A number is held as the exact
 * decimal of what 64 bits can say; infinity as null.
 */
final class LongDouble {
  private static final int BITS = 64;

  /** The first power of two that is out of range. */
  private static final int EXPONENTS = 16_384;

  /** Text of that length is no number to Redis. */
  private static final int TOO_LONG = 5 * 1_024;

  /** Decimal exponents beyond are out of range whatever digits come before. */
  private static final int FAR = 20_000;

  /** What is not larger becomes zero, which Redis refuses. */
  private static final BigDecimal VANISHING = halved(BigInteger.ONE, 16_446);

  private static final int DECIMALS = 17;

  private static final Pattern DECIMAL =
      Pattern.compile("([-+]?)(\\d*)(?:\\.(\\d*))?(?:[eE]([-+]?\\d+))?");
  private static final Pattern HEXADECIMAL =
      Pattern.compile("([-+]?)0[xX](\\p{XDigit}*)(?:\\.(\\p{XDigit}*))?(?:[pP]([-+]?\\d+))?");
  private static final Pattern INFINITY =
      Pattern.compile("[-+]?inf(?:inity)?", Pattern.CASE_INSENSITIVE);

  private LongDouble() {}

  /**
   * The sum of two numbers as text.
   *
   * @throws CommandException when one is no number, or the sum is out of range
   */
  static byte[] sum(byte[] one, byte[] other) {
    var first = parse(one);
    var second = parse(other);
    var sum = first == null || second == null ? null : nearest(first.add(second));
    if (sum == null) {
      throw new CommandException("ERR increment would produce NaN or Infinity");
    }
    return text(sum).getBytes(ISO_8859_1);
  }

  /** At most 17 decimals, no zeros at the end. */
  private static String text(BigDecimal value) {
    var rounded = value.setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** What {@code strtold} makes of the text. */
  private static @Nullable BigDecimal parse(byte[] bytes) {
    var text = new String(bytes, ISO_8859_1);
    if (text.length() < TOO_LONG) {
      var decimal = DECIMAL.matcher(text);
      if (decimal.matches() && digits(decimal)) {
        return decimal(decimal);
      }
      var hexadecimal = HEXADECIMAL.matcher(text);
      if (hexadecimal.matches() && digits(hexadecimal)) {
        return hexadecimal(hexadecimal);
      }
      if (INFINITY.matcher(text).matches()) {
        return null;
      }
    }
    throw new CommandException(CommandException.NOT_A_FLOAT);
  }

  private static boolean digits(Matcher number) {
    return !number.group(2).isEmpty() || !fraction(number).isEmpty();
  }

  private static String fraction(Matcher number) {
    var fraction = number.group(3);
    return fraction == null ? "" : fraction;
  }

  private static BigInteger mantissa(Matcher number, int radix) {
    var digits = new BigInteger(number.group(2) + fraction(number), radix);
    return number.group(1).equals("-") ? digits.negate() : digits;
  }

  /** Held within what is out of range anyway. */
  private static int exponent(Matcher number) {
    var exponent = number.group(4);
    if (exponent == null) {
      return 0;
    }
    var limit = BigInteger.valueOf(4L * FAR);
    var plain = exponent.startsWith("+") ? exponent.substring(1) : exponent;
    return new BigInteger(plain).min(limit).max(limit.negate()).intValueExact();
  }

  private static BigDecimal decimal(Matcher number) {
    var value =
        new BigDecimal(mantissa(number, 10), fraction(number).length())
            .scaleByPowerOfTen(exponent(number));
    return inRange(value);
  }

  private static BigDecimal hexadecimal(Matcher number) {
    var mantissa = mantissa(number, 16);
    int shift = exponent(number) - 4 * fraction(number).length();
    return inRange(
        shift >= 0 ? new BigDecimal(mantissa.shiftLeft(shift)) : halved(mantissa, -shift));
  }

  /** So many times; what 10 is for is that the result has as many decimals. */
  private static BigDecimal halved(BigInteger value, int times) {
    return new BigDecimal(value.multiply(BigInteger.valueOf(5).pow(times)), times);
  }

  private static BigDecimal inRange(BigDecimal value) {
    if (value.signum() == 0) {
      return BigDecimal.ZERO;
    }
    int magnitude = value.precision() - value.scale();
    var rounded = Math.abs(magnitude) > FAR ? null : nearest(value);
    if (rounded == null || value.abs().compareTo(VANISHING) <= 0) {
      throw new CommandException(CommandException.NOT_A_FLOAT);
    }
    return rounded;
  }

  /** The number of 64 bits that is nearest, an even one of two; null when it is out of range. */
  private static @Nullable BigDecimal nearest(BigDecimal exact) {
    if (exact.signum() == 0) {
      return BigDecimal.ZERO;
    }
    var above =
        exact.unscaledValue().abs().multiply(BigInteger.TEN.pow(Math.max(0, -exact.scale())));
    var below = BigInteger.TEN.pow(Math.max(0, exact.scale()));
    // One of 64 and 65 bits comes out; which, only the division tells.
    int shift = BITS - above.bitLength() + below.bitLength();
    if (divided(above, below, shift).bitLength() > BITS) {
      shift--;
    }
    var mantissa = rounded(above, below, shift);
    if (mantissa.bitLength() - shift > EXPONENTS) {
      return null;
    }
    var signed = exact.signum() < 0 ? mantissa.negate() : mantissa;
    return shift > 0 ? halved(signed, shift) : new BigDecimal(signed.shiftLeft(-shift));
  }

  private static BigInteger divided(BigInteger above, BigInteger below, int shift) {
    return above.shiftLeft(Math.max(0, shift)).divide(below.shiftLeft(Math.max(0, -shift)));
  }

  private static BigInteger rounded(BigInteger above, BigInteger below, int shift) {
    var divisor = below.shiftLeft(Math.max(0, -shift));
    var parts = above.shiftLeft(Math.max(0, shift)).divideAndRemainder(divisor);
    int half = parts[1].shiftLeft(1).compareTo(divisor);
    return half > 0 || (half == 0 && parts[0].testBit(0)) ? parts[0].add(BigInteger.ONE) : parts[0];
  }
}
