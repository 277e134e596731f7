package dev.larder.benchmarks.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A capacity: so many entries, or a share of the different keys of a trace. In a trace with weights
 * it is so much weight, or a share of what all entries weigh.
 *
 * @param word as it was given
 */
record Size(String word, BigDecimal amount, boolean percent) {
  static final String ALLOWED =
      "allowed are entries (512, 10k, 2m) and shares of the different keys (1%, 0.5%)";

  private static final Pattern FORM = Pattern.compile("(\\d{1,10}(?:\\.\\d{1,9})?)(%|[kKmM])?");

  /** The size that a word stands for. */
  static Size parse(String word) throws BadInputException {
    var form = FORM.matcher(word.strip());
    if (!form.matches()) {
      throw new BadInputException("--size " + word + ": " + ALLOWED);
    }
    var unit = form.group(2) == null ? "" : form.group(2).toLowerCase(Locale.ROOT);
    var amount =
        new BigDecimal(form.group(1))
            .multiply(
                switch (unit) {
                  case "k" -> BigDecimal.valueOf(1_000);
                  case "m" -> BigDecimal.valueOf(1_000_000);
                  default -> BigDecimal.ONE;
                });
    boolean percent = unit.equals("%");
    if (amount.signum() == 0 || (!percent && amount.stripTrailingZeros().scale() > 0)) {
      throw new BadInputException("--size " + word + ": must be one entry or more; " + ALLOWED);
    }
    return new Size(word.strip(), amount, percent);
  }

  /** The capacity for a trace, rounded down; 0 when the share is less than one entry. */
  long of(Trace trace) {
    var whole = percent ? BigDecimal.valueOf(trace.totalWeight()) : BigDecimal.ONE;
    var capacity = percent ? amount.multiply(whole).movePointLeft(2) : amount;
    return capacity.setScale(0, RoundingMode.DOWN).longValueExact();
  }
}
