package dev.larder.benchmarks.simulator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Outcomes by trace, size and policy, in the order in which they came. */
final class Results {
  private record Key(String trace, String size, String policy) {}

  private final Map<Key, Outcome> outcomes = new LinkedHashMap<>();

  void add(Outcome outcome) {
    outcomes.put(new Key(outcome.trace(), outcome.size().word(), outcome.policy()), outcome);
  }

  List<Outcome> all() {
    return new ArrayList<>(outcomes.values());
  }

  @Nullable Outcome get(String trace, String size, String policy) {
    return outcomes.get(new Key(trace, size, policy));
  }

  List<String> traces() {
    return distinct(all(), Outcome::trace);
  }

  List<String> policies() {
    return distinct(all(), Outcome::policy);
  }

  List<Outcome> of(String trace) {
    return all().stream().filter(outcome -> outcome.trace().equals(trace)).toList();
  }

  /** The different sizes of a trace. */
  List<String> sizes(String trace) {
    return distinct(of(trace), outcome -> outcome.size().word());
  }

  private static List<String> distinct(List<Outcome> outcomes, Function<Outcome, String> what) {
    Set<String> different = new LinkedHashSet<>();
    outcomes.forEach(outcome -> different.add(what.apply(outcome)));
    return new ArrayList<>(different);
  }
}
