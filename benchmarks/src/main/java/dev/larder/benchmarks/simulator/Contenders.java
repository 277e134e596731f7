package dev.larder.benchmarks.simulator;

import dev.larder.benchmarks.simulator.Contender.Origin;
import dev.larder.engine.policy.PolicyRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** All contenders there are, by name. */
final class Contenders {
  private static final String ALL = "all";

  /** Words that stand for several contenders. */
  private static final Map<String, Predicate<Contender>> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put(ALL, contender -> true);
    GROUPS.put("larder", contender -> contender.origin() == Origin.LARDER);
    GROUPS.put("peers", contender -> contender.origin() == Origin.PEER);
    GROUPS.put("published", contender -> Summary.PUBLISHED.contains(contender.name()));
    GROUPS.put("references", contender -> contender.origin() == Origin.REFERENCE);
  }

  private final Map<String, Contender> byName = new LinkedHashMap<>();

  /** Larder's policies and those that the class loader sees, the peers, and the references. */
  Contenders(ClassLoader loader) {
    var registry = PolicyRegistry.of(loader);
    for (var name : registry.names()) {
      var provider = registry.named(name);
      add(name, Origin.LARDER, true, (t, n) -> new PolicySimulation(provider, t, n));
    }
    add("caffeine", Origin.PEER, true, CaffeineSimulation::new);
    add("cache2k", Origin.PEER, true, Cache2kSimulation::new);
    add("arc", Origin.REFERENCE, false, Arc::new);
    add("lirs", Origin.REFERENCE, false, Lirs::new);
    add("clock-pro", Origin.REFERENCE, false, ClockPro::new);
    add("frd", Origin.REFERENCE, false, Frd::new);
    add("opt", Origin.REFERENCE, false, Belady::new);
  }

  private void add(String name, Origin origin, boolean weights, Contender.Maker maker) {
    byName.putIfAbsent(name, new Contender(name, origin, weights, maker));
  }

  /** The names there are, and the words for groups of them. */
  String known() {
    return String.join(", ", byName.keySet()) + "; groups: " + String.join(", ", GROUPS.keySet());
  }

  /**
   * Those that the names and groups stand for, each once, in the order in which they were named.
   */
  List<Contender> named(List<String> words) throws BadInputException {
    Set<Contender> chosen = new LinkedHashSet<>();
    for (var word : words) {
      var group = GROUPS.get(word);
      var one = byName.get(word);
      if (group != null) {
        byName.values().stream().filter(group).forEach(chosen::add);
      } else if (one != null) {
        chosen.add(one);
      } else {
        throw new BadInputException("--policy " + word + ": unknown; known are " + known());
      }
    }
    return new ArrayList<>(chosen);
  }
}
