package dev.larder.jcache.copy;

import java.io.Serializable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The plans of one copier, each made when the first object of its class comes by. Lives and dies
 * with its cache: a {@link ClassValue} would hang our classes onto those of the JDK for ever.
 */
final class Plans {
  private final ConcurrentMap<Class<?>, Plan> plans = new ConcurrentHashMap<>();
  private final CopyRules rules;
  private final Proof proof;

  Plans(CopyRules rules) {
    this.rules = rules;
    this.proof = new Proof(rules);
  }

  Plan of(Class<?> type) {
    var known = plans.get(type);
    return known == null ? first(type) : known;
  }

  /** Two threads may make the same plan; no lock is held while classes are looked at. */
  private Plan first(Class<?> type) {
    var made = make(type);
    var other = plans.putIfAbsent(type, made);
    return other == null ? made : other;
  }

  private Plan make(Class<?> type) {
    var own = rules.copierOf(type);
    if (own != null) {
      return new OwnPlan(type, own);
    }
    if (type.isArray()) {
      return ArrayPlan.of(type.getComponentType(), proof);
    }
    if (proof.immutable(type)) {
      return Plan.SHARED;
    }
    var known = JdkPlans.of(type);
    if (known != null) {
      return known;
    }
    if (!Serializable.class.isAssignableFrom(type) || SerialHooks.of(type)) {
      return Plan.SERIALIZED;
    }
    return type.isRecord()
        ? RecordPlan.of(type, proof, rules.saysCopied(type))
        : FieldsPlan.of(type, proof, rules.saysCopied(type));
  }
}
