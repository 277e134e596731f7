package dev.larder.testkit.contract;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** A key that breaks the rule: its hash code and its equals change. */
final class ChangingKey implements Serializable {
  private static final long serialVersionUID = 1L;
  private int number;

  ChangingKey(int number) {
    this.number = number;
  }

  void change(int to) {
    number = to;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ChangingKey that && number == that.number;
  }

  @Override
  public int hashCode() {
    return number * 31;
  }

  @Override
  public String toString() {
    return "changing " + number;
  }
}
